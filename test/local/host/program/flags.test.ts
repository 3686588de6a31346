import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../../local/host/flags.ts';
import { temporaryFolder } from '../support/folders.ts';

describe('the flags', () => {
  it('have defaults', async () => {
    expect(await readFlags([])).toEqual({
      help: false,
      exitWithStdin: false,
      options: { app: '.', port: 7071, settings: {}, skipTime: false, logLevel: 'information', keys: {} },
    });
  });

  it('become options', async () => {
    const file = join(await temporaryFolder(), 'settings.json');
    await writeFile(file, JSON.stringify({ A: 'file', B: { c: 1 } }));
    const { options, exitWithStdin } = await readFlags([
      ...['--app', 'some/app', '--port', '0', '--state', 'some/state', '--workers', '2', '--skip-time'],
      ...['--setting', 'A=a=b', '--settings-file', file, '--exit-with-stdin', '--log-level', 'debug'],
      ...['--function-key', 'one', '--function-key', 'two', '--master-key', 'm'],
      ...['--chaos', '{"latencyMs":5,"deaths":[{"at":"turn:before-commit","nth":2}]}'],
    ]);
    expect(exitWithStdin).toBe(true);
    expect(options).toEqual({
      app: 'some/app',
      port: 0,
      state: 'some/state',
      workers: 2,
      skipTime: true,
      settings: { A: 'a=b', B: '{"c":1}' },
      logLevel: 'debug',
      keys: { functions: ['one', 'two'], master: 'm' },
      chaos: { latencyMs: 5, deaths: [{ at: 'turn:before-commit', nth: 2 }] },
    });
  });

  it.each([
    ['a port that is no number', ['--port', 'http'], '--port must be a whole number up to 65535'],
    ['an unknown flag', ['--prot', '1'], "Unknown option '--prot'"],
    ['a level there is not', ['--log-level', 'loud'], '--log-level must be one of'],
    ['a setting without a value', ['--setting', 'NAME'], '--setting needs NAME=VALUE'],
    ['chaos that is no JSON', ['--chaos', '{'], '--chaos is not JSON'],
    ['unknown chaos', ['--chaos', '{"a":1}'], 'There is no chaos switch "a".'],
    ['memory and a state folder', ['--memory', '--state', 'x'], '--memory and --state exclude each other.'],
    ['too many workers', ['--workers', '11'], '--workers must be a whole number up to 10'],
    ['a settings file that is not there', ['--settings-file', 'nowhere.json'], 'nowhere.json cannot be read'],
  ])('are refused when there is %s', async (_what, args, message) => {
    await expect(readFlags(args)).rejects.toThrow(message);
  });
});
