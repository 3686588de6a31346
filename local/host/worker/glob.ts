import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** Expands `{a,b}` groups, innermost last: `src/{index,functions/*}.js` gives two patterns. */
const expandBraces = (pattern: string): string[] => {
  const group = /\{([^{}]*)\}/.exec(pattern);
  if (group === null) return [pattern];
  const before = pattern.slice(0, group.index);
  const after = pattern.slice(group.index + group[0].length);
  return (group[1] ?? '').split(',').flatMap((choice) => expandBraces(before + choice + after));
};

const segmentPattern = (segment: string): string =>
  segment
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');

const toRegExp = (pattern: string): RegExp => {
  const parts = pattern
    .split('/')
    .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${segmentPattern(part)}/`));
  return new RegExp(`^${parts.join('').replace(/\/$/, '')}$`);
};

const isMagic = (text: string): boolean => /[*?{]/.test(text);

/** The folder in front of the first wild card, so that nothing outside of it is read. */
const baseOf = (pattern: string): string => {
  const segments = pattern.split('/').slice(0, -1);
  const firstMagic = segments.findIndex(isMagic);
  return segments.slice(0, firstMagic < 0 ? segments.length : firstMagic).join('/');
};

const filesBelow = async (folder: string, base: string, deep: boolean): Promise<string[]> => {
  const entries = await readdir(join(folder, base), { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const path = posix.join(base, entry.name);
    if (entry.isFile()) found.push(path);
    else if (deep && entry.isDirectory() && entry.name !== 'node_modules') {
      found.push(...(await filesBelow(folder, path, true)));
    }
  }
  return found;
};

const matches = async (folder: string, pattern: string): Promise<string[]> => {
  const base = baseOf(pattern);
  const rest = base === '' ? pattern : pattern.slice(base.length + 1);
  const expression = toRegExp(pattern);
  const files = await filesBelow(folder, base, rest.includes('/'));
  return files.filter((file) => expression.test(file)).sort();
};

/**
 * The files below `folder` that a glob (`*`, `**`, `?`, `{a,b}`) names, as paths relative to it, each once.
 * A pattern without wild cards names one file.
 */
export const expandGlob = async (folder: string, pattern: string): Promise<string[]> => {
  const found = new Set<string>();
  for (const plain of expandBraces(posix.normalize(pattern))) {
    for (const file of await matches(folder, plain)) found.add(file);
  }
  return [...found];
};
