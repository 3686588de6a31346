import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureCatalogue } from '../../../shared/delivery/failureCatalogue.ts';
import { endpointsSchema } from '../../../shared/endpoint/endpointsSchema.ts';
import { actionTable, jobActions } from '../../../shared/job/jobActions.ts';
import { jobStatuses, type JobStatus } from '../../../shared/job/jobStatus.ts';
import { problems } from '../../../shared/api/problemCatalogue.ts';
import { refusals } from '../../../shared/notification/refusal.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Rows of the Markdown tables of a text, cell by cell, without code marks. */
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(' | ')
        .map((cell) => cell.replaceAll('`', '').trim()),
    );

describe('the published schema of the endpoints file', () => {
  const path = join(root, 'docs/endpoints.schema.json');

  it('is the one that the app checks with (UPDATE_DOCS=1 writes it)', () => {
    const text = `${JSON.stringify(endpointsSchema, undefined, 2)}\n`;
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(path, text);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
  });
});

describe('docs/errors.md', () => {
  const rows = rowsOf(read('docs/errors.md'));

  it.each(Object.entries(failureCatalogue))('says of %s what the catalogue says', (code, meaning) => {
    const { outcome, errorCode, cause, advice } = meaning;
    const then = { retry: 'Retry', suspend: 'Suspend', fail: 'Fail' }[outcome];
    expect(rows).toContainEqual([code, then, String(errorCode), cause, advice]);
  });

  it('knows no other failures', () => {
    expect(rows).toHaveLength(Object.keys(failureCatalogue).length + 1);
  });
});

/** Writes the table of problems anew, to be formatted by `npm run format`. */
const updateProblems = (): void => {
  const rows = Object.entries(problems)
    .sort(([a, { status: left }], [b, { status: right }]) => left - right || a.localeCompare(b))
    .map(([code, { status, title, advice }]) => `| \`${code}\` | ${status} | ${title} | ${advice} |\n`);
  const head = '| Code | Status | Meaning | What to do |\n| --- | --- | --- | --- |\n';
  const text = read('docs/problems.md').replace(/\n\|[\s\S]*$|$/, `\n${head}${rows.join('')}`);
  writeFileSync(join(root, 'docs/problems.md'), text);
};

describe('docs/problems.md (UPDATE_DOCS=1 writes it)', () => {
  if (process.env['UPDATE_DOCS'] !== undefined) updateProblems();
  const rows = rowsOf(read('docs/problems.md'));

  it.each(Object.entries(problems))('says of %s what the catalogue says', (code, meaning) => {
    const { status, title, advice } = meaning;
    expect(rows).toContainEqual([code, String(status), title, advice.replaceAll('`', '')]);
  });

  it('knows no other problems', () => {
    expect(rows).toHaveLength(Object.keys(problems).length + 1);
  });
});

describe('docs/contract.md', () => {
  const text = read('docs/contract.md');
  const rows = rowsOf(text);

  it.each(Object.entries(refusals))('names the refusal %s with its status', (code, { status }) => {
    expect(text).toMatch(new RegExp(`${status} \`${code}\``));
  });

  it.each(Object.entries(jobStatuses))('gives %s its codes', (status, { stateCode, statusCode }) => {
    expect(rows.some((row) => row.slice(0, 3).join() === `${status},${stateCode},${statusCode}`)).toBe(true);
  });

  const statusesIn = (cell: string): JobStatus[] => cell.split(', ') as JobStatus[];
  const actionRows = rows.filter(
    (row) => row.length === 6 && statusesIn(row[0] ?? '').every((each) => each in jobStatuses),
  );

  it('shows the table of actions as it is (S-4)', () => {
    const documented = Object.fromEntries(
      actionRows.flatMap(([cell = '', ...results]) => statusesIn(cell).map((status) => [status, results])),
    );
    for (const status of Object.keys(jobStatuses) as JobStatus[]) {
      const expected = jobActions.map((action) => actionTable[action][status] ?? '');
      expect(documented[status] ?? ['', '', '', '', '']).toEqual(expected);
    }
  });

  const formatRules = [...read('docs/formats.md').matchAll(/^- \*\*(F-\d+)\*\*/gm)].map(
    ([, rule = '']) => rule,
  );
  const rules = new Set([
    ...rows.map(([rule = '']) => rule).filter((rule) => /^[A-Z]-\d+$/.test(rule)),
    ...formatRules,
  ]);
  const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, 'test', file), 'utf8'))
    .join('\n');

  it.each([...rules])('has a test for %s', (rule) => {
    expect(tests).toMatch(new RegExp(`${rule}\\b`));
  });

  it('has every rule that a test cites', () => {
    const cited = [...tests.matchAll(/\(((?:[A-Z]-\d+(?:, | to )?)+)\)/g)].flatMap(
      ([, list = '']) => list.match(/[A-Z]-\d+/g) ?? [],
    );
    for (const rule of cited) expect(rules).toContain(rule);
    expect(cited.length).toBeGreaterThan(50);
  });
});

describe('links between documents', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'samples/README.md',
  ].concat(
    readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  );

  it.each(documents)('lead somewhere in %s', (document) => {
    for (const [, target = ''] of read(document).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^https?:/.test(target)) continue;
      expect(existsSync(join(root, dirname(document), target)), `${document} links to ${target}`).toBe(true);
    }
  });
});
