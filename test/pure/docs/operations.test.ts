import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../../cli/exitCodes.ts';
import { buildProgram } from '../../../cli/program.ts';
import { createWorld } from '../../../cli/session.ts';
import { routes } from '../../../shared/api/routes/routes.ts';
import { failureCatalogue } from '../../../shared/delivery/failureCatalogue.ts';
import { endpointActions } from '../../../shared/gate/actOnEndpoint.ts';
import { bulkActions } from '../../../shared/operation/bulkAction.ts';
import { logEventIds } from '../../../shared/platform/logEvents.ts';
import { endpointActions as shownOfEndpoints } from '../../../web/model/endpointWords.ts';
import { shownActions } from '../../../web/model/jobActionRules.ts';
import { commandsOf } from '../../support/commandTree.ts';
import { scriptedTerminal } from '../../support/scriptedTerminal.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const runbook = read('docs/operations.md');

const program = buildProgram(createWorld(scriptedTerminal(), () => undefined));
const commands = commandsOf(program);

/** What follows `npx bridge` in code blocks and between backticks, without comments. */
const callsIn = (text: string): string[] =>
  [...text.matchAll(/npx bridge([^`\n|]*)/g)].map(([, rest = '']) => (rest.split(' #')[0] ?? '').trim());

/** Words as a shell would part them; a placeholder like `<id>` is one word. */
const wordsOf = (call: string): string[] => call.match(/"[^"]*"|[^\s<>"]*<[^>]+>\S*|\S+/g) ?? [];

/** The longest path of subcommands that the words begin with. */
const pathOf = (words: readonly string[]): string => {
  let path = '';
  for (const word of words) {
    const longer = `${path} ${word}`.trim();
    if (!commands.has(longer)) return path;
    path = longer;
  }
  return path;
};

const optionNamesOf = (command: Command): string[] =>
  [...command.options, ...program.options].flatMap(({ long, short }) => [long ?? '', short ?? '']);

/** Errors of a call that is read, and not carried out. */
const faultOf = (call: string): string | undefined => {
  const words = wordsOf(call);
  if (words.join() === '--help') return undefined;
  const path = pathOf(words);
  const command = commands.get(path);
  if (command === undefined || (path === '' && words.length > 0)) return `no command "${words[0]}"`;
  const unknown = words.filter((word) => /^--?[a-z]/.test(word) && !optionNamesOf(command).includes(word));
  if (unknown.length > 0) return `no option ${unknown.join(', ')}`;
  const missing = command.options.find(({ mandatory, long }) => mandatory && !words.includes(long ?? ''));
  if (missing !== undefined) return `without ${missing.long}`;
  const given = words.slice(path.split(' ').length).filter((word) => !word.startsWith('-')).length;
  const wanted = command.registeredArguments.filter(({ required }) => required).length;
  return given < wanted ? 'an argument is missing' : undefined;
};

describe.each(['docs/operations.md', 'README.md'])('the calls of the command line in %s', (document) => {
  const calls = [...new Set(callsIn(read(document)))];

  it.each(calls)('exist: npx bridge %s', (call) => {
    expect(faultOf(call)).toBeUndefined();
  });

  it('are many enough to be worth a check', () => {
    expect(calls.length).toBeGreaterThan(2);
  });
});

/** Each thing that the API can be asked, with each of its actions written out, and the role it needs. */
const asked = routes.flatMap(({ method, path, needed, pathParameters }): [string, string][] => {
  const actions = (pathParameters?.['action']?.['enum'] ?? ['']) as readonly string[];
  return actions.map((action) => [`${method.toUpperCase()} /api${path.replace('{action}', action)}`, needed]);
});

describe('docs/operations.md', () => {
  it.each(Object.keys(failureCatalogue))('says what a person does about %s', (code) => {
    const rows = runbook.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.some((row) => (row.split('|')[1] ?? '').includes(`\`${code}\``))).toBe(true);
  });

  it('says of each code what happens next as the catalogue does', () => {
    for (const [code, { outcome }] of Object.entries(failureCatalogue)) {
      const row = runbook.split('\n').find((line) => new RegExp(`^\\| [^|]*\`${code}\``).test(line)) ?? '';
      const then = { retry: 'Retry', suspend: 'Suspend', fail: 'Fail' }[outcome];
      expect(row.split('|')[2]?.trim(), code).toBe(then);
    }
  });

  it.each(Object.entries(logEventIds))('lists the event %s with its id', (event, id) => {
    expect(runbook).toMatch(new RegExp(`^\\| \`${event}\` +\\| ${id} +\\|`, 'm'));
  });

  it('has every command of the command line', () => {
    const paths = callsIn(runbook).map((call) => pathOf(wordsOf(call)));
    const leaves = [...commands].filter(([, command]) => command.commands.length === 0).map(([path]) => path);
    const missing = leaves.filter(
      (path) => !paths.includes(path) && !paths.includes(path.replace(/ list$/, '')),
    );
    expect(missing).toEqual([]);
  });

  it.each(asked)('says how to %s by page, API and command line', (call, needed) => {
    const row = runbook.split('\n').find((line) => line.includes(`\`${call}\``)) ?? '';
    const [, , page = '', api = '', words = ''] = row.split('|').map((cell) => cell.trim());
    expect(api).toContain(call);
    expect([page, words]).not.toContain('');
    if (needed === 'act' || needed === 'payload') {
      expect(page).not.toMatch(/^none/);
      expect(words).toMatch(/^`npx bridge /);
    }
  });

  it('is right that the page has them', () => {
    expect([...shownActions].sort()).toEqual([...bulkActions].sort());
    expect([...shownOfEndpoints].sort()).toEqual([...endpointActions].sort());
  });

  it('explains every exit code', () => {
    for (const code of Object.values(exitCodes)) {
      expect(runbook).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
    }
  });

  it('leads to sections that it has', () => {
    const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, anchor] of runbook.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
  });
});
