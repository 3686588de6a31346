import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const compilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
} satisfies ts.CompilerOptions;

const transpile = async (folder: string, into: string): Promise<void> => {
  for (const entry of await readdir(join(root, folder), { recursive: true })) {
    if (!entry.endsWith('.ts')) continue;
    const source = await readFile(join(root, folder, entry), 'utf8');
    const target = join(into, folder, entry.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, ts.transpileModule(source, { compilerOptions }).outputText);
  }
};

/**
 * Translates the program as it stands in the sources, so that no test runs what was built some other day. The
 * output lies inside the repository, where it finds its packages.
 */
export const buildProgram = async (): Promise<{ program: string; remove: () => Promise<void> }> => {
  await mkdir(join(root, 'build'), { recursive: true });
  const into = await mkdtemp(join(root, 'build', 'test-bus-'));
  await cp(join(root, 'package.json'), join(into, 'package.json'));
  for (const folder of ['local/bus', 'local/journal']) await transpile(folder, into);
  return {
    program: join(into, 'local/bus/main.js'),
    remove: () => rm(into, { recursive: true, force: true }),
  };
};
