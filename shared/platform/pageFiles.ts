import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { PageFile } from '../api/pageAnswer.ts';

/** All that the page is made of; anything else in the folder is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    // The build without the page: the app delivers all the same, and the page's addresses answer 404.
    return [];
  }
};

const pageFile = (folder: string, name: string, names: readonly string[]): PageFile => {
  const body = readFileSync(join(folder, name));
  const packed = `${name}.gz`;
  return {
    contentType: contentTypes[extname(name)] ?? '',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    body,
    ...(names.includes(packed) ? { gzip: readFileSync(join(folder, packed)) } : {}),
  };
};

/** Reads the built page, once: by file name, nothing nested. Empty when it was not built. */
export const readPageFiles = (folder: string): ReadonlyMap<string, PageFile> => {
  const names = namesIn(folder);
  return new Map(
    names
      .filter((name) => extname(name) in contentTypes)
      .map((name) => [name, pageFile(folder, name, names)] as const),
  );
};
