import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../local/process/programs.ts';
import { readPageFiles } from '../../shared/platform/pageFiles.ts';

const built = join(repositoryRoot, 'dist', 'web');

describe('the page, built', () => {
  it('has scripts of no more than 100 KB together, compressed', () => {
    const scripts = readdirSync(built).filter((name) => name.endsWith('.js'));
    const bytes = scripts.map((name) => gzipSync(readFileSync(join(built, name)), { level: 9 }).byteLength);
    expect(scripts).toContain('main.js');
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(100 * 1000);
  });

  it('has nothing inline in its document', () => {
    const document = readFileSync(join(built, 'index.html'), 'utf8');
    expect(document).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/);
  });

  it('is read by an allow-list of kinds, each with its compressed form', () => {
    const files = readPageFiles(built);
    expect([...files.keys()].sort()).toEqual(['icon.svg', 'index.html', 'main.css', 'main.js']);
    expect([...files.values()].every(({ gzip }) => gzip !== undefined)).toBe(true);
  });
});

describe('the files of the page', () => {
  it('are none when it was not built', () => {
    expect(readPageFiles(join(tmpdir(), 'there-is-no-such-folder')).size).toBe(0);
  });

  it('change their version with their content', () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    const etagOf = (text: string): string | undefined => {
      writeFileSync(join(folder, 'main.js'), text);
      return readPageFiles(folder).get('main.js')?.etag;
    };
    expect([etagOf('one'), etagOf('two')]).toEqual([etagOf('one'), etagOf('two')]);
    expect(etagOf('one')).not.toBe(etagOf('two'));
  });
});
