import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram, runProgram } from '../../../cli/program.ts';
import { createWorld } from '../../../cli/session.ts';
import { commandsOf } from '../../support/commandTree.ts';
import { scriptedTerminal } from '../../support/scriptedTerminal.ts';

/** Runs that end before any request is made. */
const run = async (...args: string[]) => {
  const terminal = scriptedTerminal({ environment: { BRIDGE_URL: 'http://127.0.0.1:1', BRIDGE_KEY: 'key' } });
  const code = await runProgram(args, terminal);
  return { code, written: terminal.written.join('\n'), noted: terminal.noted.join('\n') };
};

const program = buildProgram(createWorld(scriptedTerminal(), () => undefined));
const paths = [...commandsOf(program).keys()];

describe('--help', () => {
  it.each(paths)('of "bridge %s" ends with 0 and has an example', async (path) => {
    const { code, written, noted } = await run(...path.split(' ').filter(Boolean), '--help');
    expect([code, noted]).toEqual([0, '']);
    expect(written).toMatch(/Usage: bridge/);
    expect(written).toMatch(/\nExample: .*npx bridge/);
  });

  it('of a command names the options that all have', async () => {
    expect((await run('jobs', 'list', '--help')).written).toMatch(/Global Options:[^]*--url[^]*--json/);
  });
});

describe('wrong usage ends with 2, without a request, when', () => {
  it.each([
    ['nothing is said', [], /Usage/],
    ['only a group is named', ['jobs'], /Usage/],
    ['the command is unknown', ['job'], /unknown command 'job'/],
    ['a subcommand is unknown', ['jobs', 'lst'], /unknown command 'lst'/],
    ['an option is unknown', ['jobs', 'list', '--nope'], /unknown option '--nope'/],
    ['an argument is missing', ['jobs', 'show'], /missing required argument 'id'/],
    ['there is one argument too many', ['health', 'now'], /too many arguments/],
    ['a number is none', ['jobs', 'list', '--limit', 'all'], /whole number from 1/],
    ['a time is none', ['jobs', 'list', '--from', 'yesterday'], /"yesterday" is no time/],
    ['postpone has no time', ['jobs', 'postpone', 'id'], /required option '--until <time>'/],
    ['an address is none', ['health', '--url', 'bridge'], /The address "bridge" cannot be read/],
    [
      'a bulk operation has no reason',
      ['bulk', 'start', 'retry', '--attention'],
      /required option '--reason <text>'/,
    ],
    [
      'its action is unknown',
      ['bulk', 'start', 'mend', '--attention', '--reason', 'r'],
      /"mend" is no action/,
    ],
    ['it names no jobs', ['bulk', 'start', 'retry', '--reason', 'r'], /Say which jobs with a filter/],
    [
      'the steps of its canary are no sizes',
      ['bulk', 'start', 'retry', '--attention', '--reason', 'r', '--canary', 'one,two'],
      /--canary is "one,two"/,
    ],
    [
      'all of a canary step may fail',
      ['bulk', 'start', 'retry', '--attention', '--reason', 'r', '--canary', '--failure-limit', '100'],
      /whole number from 0 to 99/,
    ],
    [
      'its file of ids cannot be read',
      ['bulk', 'start', 'retry', '--ids-from', 'gone.txt', '--reason', 'r'],
      /gone\.txt cannot be read/,
    ],
    ['drain has no rate', ['endpoints', 'drain', 'orders'], /required option '--per-minute <n>'/],
    ['a note is written and removed', ['groups', 'note', 'orders', 'Busy', 'text', '--remove'], /not both/],
    ['there is no such sample', ['send', 'nothing'], /neither a sample nor a file "nothing"/],
    ['a job is deleted and nobody can be asked', ['jobs', 'delete', 'id'], /repeat the command with --yes/],
  ])('%s', async (_when, args, reason) => {
    const { code, written, noted } = await run(...args);
    expect([code, written]).toEqual([2, '']);
    expect(noted).toMatch(reason);
  });
});

describe('a question', () => {
  it('that is answered with anything but yes deletes nothing', async () => {
    const asked: string[] = [];
    const terminal = scriptedTerminal({
      environment: { BRIDGE_URL: 'http://127.0.0.1:1' },
      asks: true,
      ask: async (question) => {
        asked.push(question);
        return 'n';
      },
    });
    expect(await runProgram(['jobs', 'delete', 'one', 'two'], terminal)).toBe(1);
    expect(asked).toEqual(['Delete 2 jobs for good? [y/N] ']);
  });
});

describe('the tree of commands', () => {
  it('describes every command', () => {
    const undescribed = [...commandsOf(program)].filter(
      ([, command]: [string, Command]) => command.description() === '',
    );
    expect(undescribed).toEqual([]);
  });
});
