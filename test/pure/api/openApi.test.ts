import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { openApi } from '../../../shared/api/openApi.ts';
import { problems } from '../../../shared/api/problemCatalogue.ts';
import { problemsOf, routes } from '../../../shared/api/routes/routes.ts';
import { components } from '../../../shared/api/schemas/components.ts';

const path = join(import.meta.dirname, '../../../docs/openapi.json');

describe('docs/openapi.json', () => {
  it('is the document that the app serves (UPDATE_DOCS=1 writes it)', () => {
    const text = `${JSON.stringify(openApi(), undefined, 2)}\n`;
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(path, text);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('is a valid OpenAPI document, by the rules that Redocly recommends', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const found = await lintFromString({ source: readFileSync(path, 'utf8'), absoluteRef: path, config });
    const told = found.map(
      ({ ruleId, message, location }) => `${ruleId}: ${message} ${String(location[0]?.pointer)}`,
    );
    expect(told).toEqual([]);
  });
});

describe('the description of the API', () => {
  it('has no schema that no route leads to', () => {
    const text = JSON.stringify(openApi());
    for (const name of Object.keys(components)) expect(text).toContain(`"#/components/schemas/${name}"`);
  });

  it('names every problem of the catalogue at some route', () => {
    const told = new Set(routes.flatMap(problemsOf));
    expect([...told].sort()).toEqual(Object.keys(problems).sort());
  });

  it('describes every parameter and every member', () => {
    const undescribed: string[] = [];
    const look = (value: unknown, where: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { properties } = value as { properties?: Record<string, Record<string, unknown>> };
      for (const [name, schema] of Object.entries(properties ?? {})) {
        const isPlain =
          typeof schema['type'] === 'string' && !['object', 'array', 'null'].includes(schema['type']);
        if (isPlain && schema['description'] === undefined) undescribed.push(`${where}.${name}`);
      }
      for (const [name, each] of Object.entries(value)) look(each, `${where}.${name}`);
    };
    look(components, 'schemas');
    expect(undescribed).toEqual([]);
  });
});

const configuration = join(import.meta.dirname, '../../../docs/configuration.md');

/** First cell of the row of a role in the table of functions, and the functions that need the role. */
const rows = Object.entries({ read: '`read`', act: '`act`', payload: '`payload`', notify: 'any key' }).map(
  ([needed, cell]) => {
    const names = routes.filter((route) => route.needed === needed).map(({ name }) => name);
    return { cell, names: [...new Set(names)].sort() };
  },
);

const rowIn = (text: string, cell: string): string =>
  text.split('\n').find((line) => line.startsWith(`| ${cell} `) && line.includes('Http`')) ?? '';

/** Writes the rows anew, to be formatted by `npm run format`. */
const updateRows = (): void => {
  const text = rows.reduce(
    (all, { cell, names }) =>
      all.replace(rowIn(all, cell), `| ${cell} | ${names.map((name) => `\`${name}\``).join(', ')} |`),
    readFileSync(configuration, 'utf8'),
  );
  writeFileSync(configuration, text);
};

describe('docs/configuration.md (UPDATE_DOCS=1 writes the table)', () => {
  if (process.env['UPDATE_DOCS'] !== undefined) updateRows();

  it.each(rows)('names the functions of role $cell, to give out keys by', ({ cell, names }) => {
    const row = rowIn(readFileSync(configuration, 'utf8'), cell);
    const documented = [...row.matchAll(/`(\w+Http)`/g)].map(([, name]) => name);
    expect(documented.sort()).toEqual(names);
  });
});
