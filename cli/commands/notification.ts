import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, usageError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import { repositoryRoot } from '../http/localApp.ts';
import { isJson, textAt, type Json } from '../json.ts';
import type { Terminal } from '../terminal.ts';

/** An execution context to post, as bytes and as far as the headers need it. */
export interface Notification {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

const folder = join(repositoryRoot, 'samples');

/** Names of the samples, without `.json`. */
export const sampleNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();

/**
 * Gives the operation a new id and the present time; every other byte stays. Without that, posting a sample twice would
 * make one job.
 */
export const asNewOperation = (text: string, operationId: string, nowMs: number): string =>
  text
    .replace(/"OperationId":\s*"[^"]*"/, `"OperationId":"${operationId}"`)
    .replace(/"OperationCreatedOn":\s*"\\\/Date\(\d+/, `"OperationCreatedOn":"\\/Date(${nowMs}`);

const contextOf = (text: string): Json => {
  try {
    const context: unknown = JSON.parse(text);
    return isJson(context) ? context : {};
  } catch {
    // The app says better what is wrong with it, and where.
    return {};
  }
};

/** What Dataverse sends beside the body; a value that no header could carry is left out. */
const headersOf = (text: string): Record<string, string> => {
  const context = contextOf(text);
  const organization = textAt(context, 'OrganizationName');
  const headers = {
    'x-ms-dynamics-organization': organization === '' ? '' : `${organization}.crm4.dynamics.com`,
    'x-ms-dynamics-entity-name': textAt(context, 'PrimaryEntityName'),
    'x-ms-dynamics-request-name': textAt(context, 'MessageName'),
    'x-ms-correlation-request-id': textAt(context, 'CorrelationId'),
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => /^[!-~]+$/.test(value)));
};

const readSource = async (terminal: Terminal, name: string): Promise<{ text: Buffer; isSample: boolean }> => {
  if (name === '-') return { text: await terminal.readInput(), isSample: false };
  if (sampleNames().includes(name)) {
    return { text: await terminal.readFile(join(folder, `${name}.json`)), isSample: true };
  }
  if (existsSync(name)) return { text: await terminal.readFile(name), isSample: false };
  throw usageError(
    `There is neither a sample nor a file "${name}"; samples are ${sampleNames().join(', ')}.`,
  );
};

/**
 * Reads a sample, a file, or standard input (`-`).
 *
 * @param isNew makes it a new operation; a sample is one unless this is false.
 */
export const readNotification = async (
  terminal: Terminal,
  name: string,
  isNew: boolean | undefined,
): Promise<Notification> => {
  try {
    const { text, isSample } = await readSource(terminal, name);
    if (!(isNew ?? isSample))
      return { body: new Uint8Array(text), headers: headersOf(text.toString('utf8')) };
    const renewed = asNewOperation(text.toString('utf8'), randomUUID(), terminal.now());
    return { body: new Uint8Array(Buffer.from(renewed)), headers: headersOf(renewed) };
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`"${name}" cannot be read: ${reason}.`, exitCodes.usage, { cause: error });
  }
};
