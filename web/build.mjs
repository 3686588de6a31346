// Builds the page into dist/web: one script, one style sheet, and each file also compressed, as it is served.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const here = import.meta.dirname;
const out = join(here, '..', 'dist', 'web');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
buildSync({
  entryPoints: [join(here, 'main.tsx')],
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // What it has from packages keeps its licences.
  legalComments: 'eof',
  logLevel: 'warning',
});
for (const name of ['index.html', 'icon.svg']) cpSync(join(here, name), join(out, name));
for (const name of readdirSync(out)) {
  writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
}
