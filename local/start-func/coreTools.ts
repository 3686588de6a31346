import { spawnSync } from 'node:child_process';

/** What to say when Azure Functions Core Tools cannot be used. */
const cure =
  'Install it with "npm install -g azure-functions-core-tools@4", or see https://learn.microsoft.com/azure/azure-functions/functions-run-local. ' +
  '"npm start" runs the same build without it.';

export const funcCommand = process.platform === 'win32' ? 'func.cmd' : 'func';

/** The reason why Core Tools cannot be used, with its cure; undefined when they can. */
export const coreToolsFault = (): string | undefined => {
  const { error, stdout, status } = spawnSync(funcCommand, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error !== undefined) return `Azure Functions Core Tools (func) was not found. ${cure}`;
  const version = stdout.trim();
  if (status === 0 && version.startsWith('4.')) return undefined;
  return `Azure Functions Core Tools 4 is needed; "func --version" says "${version}" (exit code ${status ?? 'none'}). ${cure}`;
};
