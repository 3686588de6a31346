#!/usr/bin/env node
// What `npx bridge` runs: builds the command line when its source is newer than what was built, then starts it. Plain
// JavaScript without dependencies, since it has to run on a fresh clone.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const built = join(root, 'build', 'cli', 'main.js');
const stamp = join(root, 'build', '.tsbuildinfo-cli');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const changedMs = (path) => statSync(path).mtimeMs;

/** When the newest source file was changed. */
const newestMs = () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true });
  return Math.max(
    ...files.filter((each) => each.isFile()).map((each) => changedMs(join(each.parentPath, each.name))),
  );
};

const isBuilt = () => existsSync(built) && existsSync(stamp) && changedMs(stamp) >= newestMs();

/** Runs a program whose output belongs on standard error: standard output is for data. */
const run = (...args) => {
  try {
    execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  } catch {
    process.stderr.write('The command line could not be built; the reason stands above.\n');
    process.exit(1);
  }
};

if (!isBuilt()) {
  if (existsSync(compiler)) run(compiler, '-b', 'cli', '--force');
  else run(join(root, 'local', 'prepare.mjs'));
}
await import('../build/cli/main.js');
