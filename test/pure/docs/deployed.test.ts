import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const patterns = readFileSync(join(import.meta.dirname, '../../../.funcignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const regexOf = (pattern: string): string => pattern.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]+');

/**
 * The two ways in which tools read the file, as far as patterns of one name from the root go: as .gitignore does, and as
 * Core Tools do, for which a pattern is the beginning of a path (their GitIgnoreParser.cs).
 */
const readers = {
  '.gitignore': (path: string) => patterns.some((each) => new RegExp(`^${regexOf(each)}(/|$)`).test(path)),
  'Core Tools': (path: string) => patterns.some((each) => new RegExp(`^${regexOf(each)}`).test(path)),
};

const deployed = [
  'dist/functions/notifyHttp.js',
  'dist/shared/job/workflow.js',
  'dist/web/index.html',
  'dist/web/main.js.gz',
  'endpoints.json',
  'host.json',
  'node_modules/@azure/functions/package.json',
  'node_modules/@azure/functions/types/app.d.ts',
  'node_modules/rhea/lib/local.js',
  'package-lock.json',
  'package.json',
];

const leftBehind = [
  '.local/start/host/hub.journal',
  '.github/workflows/verify.yml',
  'README.md',
  'bench/main.ts',
  'build/local/host/main.js',
  'cli/bridge.mjs',
  'docs/api.md',
  'eslint.config.js',
  'functions/notifyHttp.ts',
  'local.settings.json',
  'local/host/main.ts',
  'shared/job/workflow.ts',
  'test/app/start.test.ts',
  'vitest.config.ts',
  'web/main.tsx',
];

describe('.funcignore', () => {
  it('has patterns of one name from the root only, which every reader takes alike', () => {
    for (const pattern of patterns) expect(pattern).toMatch(/^\/[\w.*-]+$/);
  });
});

describe.each(Object.entries(readers))('.funcignore, read as by %s', (_reader, isIgnored) => {
  it.each(deployed)('lets %s be deployed', (path) => {
    expect(isIgnored(path)).toBe(false);
  });

  it.each(leftBehind)('leaves %s behind', (path) => {
    expect(isIgnored(path)).toBe(true);
  });
});
