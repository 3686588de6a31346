import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../local/process/programs.ts';
import { contextWith } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';

/** The programs behind `npm start` and `npm run start:func`, as a person or a script runs them. */
const folder = mkdtempSync(join(tmpdir(), 'bridge-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let folders = 0;
const newFolder = (): string => {
  folders += 1;
  return join(folder, String(folders));
};

interface Run {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly errors: string[];
  readonly ended: Promise<number | null>;
}

const runs: Run[] = [];
afterEach(() => {
  for (const { child } of runs.splice(0)) child.kill('SIGKILL');
});

const run = (program: string, args: readonly string[], environment: Record<string, string> = {}): Run => {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const started = { child, lines, errors, ended };
  runs.push(started);
  return started;
};

const start = (...args: string[]): Run => run(join(repositoryRoot, 'build/local/start/main.js'), args);

interface ReadyLine {
  readonly baseUrl: string;
  readonly functionKey: string;
  readonly serviceBusConnectionString: string;
  readonly eventHubsConnectionString: string;
  readonly relayConnectionString: string;
  readonly endpoints: readonly Record<string, string>[];
}

const readyOf = ({ lines, errors }: Run): Promise<ReadyLine> =>
  eventually(
    'the ready line is printed',
    async () => (lines[0] === undefined ? undefined : (JSON.parse(lines[0]) as ReadyLine)),
    () => errors.join('\n'),
  );

/** True once no process listens at the address any more. */
const isGone = (baseUrl: string): Promise<boolean> =>
  fetch(baseUrl).then(
    () => false,
    () => true,
  );

describe('npm start -- --no-samples --json', () => {
  it('prints one line with all a script needs, serves, and ends with its input', async () => {
    const started = start('--no-samples', '--json', '--port', '0', '--state', newFolder());
    const ready = await readyOf(started);
    expect(Object.keys(ready)).toEqual([
      'baseUrl',
      'functionKey',
      'serviceBusConnectionString',
      'eventHubsConnectionString',
      'relayConnectionString',
      'endpoints',
    ]);
    expect(ready.endpoints[0]).toEqual({
      name: 'queue-json',
      contract: 'queue',
      path: 'dataverse-events',
      messageFormat: 'json',
    });
    const kinds = ready.endpoints.map(({ contract, messageFormat }) => `${contract} ${messageFormat}`);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'queue json',
        'queue xml',
        'queue binary',
        'topic json',
        'eventHub json',
        'oneWay json',
        'twoWay json',
        'rest json',
      ]),
    );
    const response = await fetch(`${ready.baseUrl}/api/notify/queue-json?code=${ready.functionKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(contextWith()),
    });
    expect(response.status).toBe(202);
    const client = new ServiceBusClient(ready.serviceBusConnectionString);
    const [message] = await client.createReceiver('dataverse-events').receiveMessages(1);
    expect(message?.body).toEqual(contextWith());
    await client.close();

    started.child.stdin?.end();
    expect(await started.ended).toBe(0);
    expect(started.lines).toHaveLength(1);
    expect(await isGone(ready.baseUrl)).toBe(true);
  });

  it('ends everything at SIGINT, and goes on where it stopped when it is started again', async () => {
    const state = newFolder();
    const first = start('--no-samples', '--json', '--port', '0', '--state', state);
    const { baseUrl, functionKey } = await readyOf(first);
    await fetch(`${baseUrl}/api/notify/queue-json?code=${functionKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(contextWith()),
    });
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(await isGone(baseUrl)).toBe(true);
    const second = start('--no-samples', '--json', '--port', '0', '--state', state);
    const again = await readyOf(second);
    expect(again.functionKey).toBe(functionKey);
    const list = await fetch(`${again.baseUrl}/api/jobs?code=${functionKey}`);
    expect(((await list.json()) as { jobs: unknown[] }).jobs).toHaveLength(1);
    second.child.stdin?.end();
    await second.ended;
  });

  it('ends everything when it is killed itself', async () => {
    const started = start('--no-samples', '--json', '--port', '0', '--state', newFolder());
    const { baseUrl } = await readyOf(started);
    started.child.kill('SIGKILL');
    await eventually('the host is gone too', async () => ((await isGone(baseUrl)) ? true : undefined));
  });

  it('takes another port when the wanted one is taken', async () => {
    const server = createServer();
    const taken = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const started = start('--no-samples', '--json', '--port', String(taken), '--state', newFolder());
    const { baseUrl } = await readyOf(started);
    expect(new URL(baseUrl).port).not.toBe(String(taken));
    started.child.stdin?.end();
    await started.ended;
    server.close();
  });
});

describe('npm start -- --no-samples', () => {
  it('says where the page is, and commands that find this very app', async () => {
    const state = newFolder();
    const { child, lines, errors, ended } = start('--no-samples', '--port', '0', '--state', state);
    const address = await eventually(
      'the address of the page is printed',
      async () => /^ *Page +(\S+)#key=\S+$/m.exec(lines.join('\n'))?.[1],
      () => errors.join('\n'),
    );
    expect((await fetch(address)).status).toBe(200);
    await eventually('all is printed', async () => lines.find((line) => line.startsWith('Ctrl-C')));
    expect(lines.join('\n')).toContain(`npx bridge jobs list --state ${JSON.stringify(state)}`);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});

describe('npm start -- --once', () => {
  it('shows the main job, the repeat and the outage, and ends with exit code 0', async () => {
    const { lines, ended, child } = start('--once', '--port', '0', '--state', newFolder());
    child.stdin?.end();
    expect(await ended).toBe(0);
    const text = lines.join('\n');
    expect(text).toContain('13 answers 202');
    expect(text).toContain('13 messages taken, 0 left');
    expect(text).toContain('13 of 13 bodies are byte for byte what was posted');
    expect(text).toContain('13 of 13 were recognised; 0 new messages in the queue');
    expect(text).toMatch(/Waiting to try again\. .*\n.*Planned: \d\d:\d\d:\d\d \(in \d+ s\), /);
    expect(text).toContain('delivered exactly once');
  });
});

describe('a mistake is answered by a sentence that says what to do', () => {
  const endsWith = async ({ ended, errors }: Run): Promise<string> => {
    expect(await ended).toBe(1);
    return errors.join('\n');
  };

  it('for a flag that does not exist, or a port that is none', async () => {
    expect(await endsWith(start('--twice'))).toContain("Unknown option '--twice'");
    expect(await endsWith(start('--port', 'http'))).toBe(
      '--port is "http"; it must be a whole number from 0 to 65535.',
    );
  });

  it('for a state folder that cannot be made', async () => {
    const file = newFolder();
    writeFileSync(file, '');
    const words = await endsWith(start('--no-samples', '--json', '--state', join(file, 'state')));
    expect(words).toMatch(/^The state folder .* cannot be used: .* Choose another one with --state\.$/);
  });

  it('for a state folder that is in use', async () => {
    const state = newFolder();
    const first = start('--no-samples', '--json', '--port', '0', '--state', state);
    await readyOf(first);
    const words = await endsWith(start('--no-samples', '--json', '--port', '0', '--state', state));
    expect(words).toContain(
      `held by process ${first.child.pid ?? 0}. Stop that process first. Choose another one`,
    );
    first.child.stdin?.end();
    await first.ended;
  });

  it('for a Node that is too old', async () => {
    const clone = newFolder();
    mkdirSync(join(clone, 'local'), { recursive: true });
    copyFileSync(join(repositoryRoot, 'local/prepare.mjs'), join(clone, 'local/prepare.mjs'));
    writeFileSync(join(clone, 'package.json'), '{"engines":{"node":">=99.0.0"}}');
    const words = await endsWith(run(join(clone, 'local/prepare.mjs'), []));
    expect(words).toContain('Node >=99.0.0 is needed; this is');
  });

  it('for Core Tools that are missing or of another version', async () => {
    const program = join(repositoryRoot, 'build/local/start-func/main.js');
    const words = await endsWith(run(program, [], { PATH: newFolder() }));
    expect(words).toContain('Azure Functions Core Tools (func) was not found. Install it with');
    const tools = newFolder();
    mkdirSync(tools);
    writeFileSync(join(tools, 'func'), '#!/bin/sh\necho 3.0.1\n', { mode: 0o755 });
    expect(await endsWith(run(program, [], { PATH: `${tools}:${process.env['PATH'] ?? ''}` }))).toContain(
      'Azure Functions Core Tools 4 is needed; "func --version" says "3.0.1"',
    );
  });
});

describe('--help', () => {
  const programs: readonly (readonly [file: string, words: string])[] = [
    ['build/local/start/main.js', 'Usage: npm start -- [flags]'],
    ['build/local/start-func/main.js', 'Usage: npm run start:func -- '],
    ['build/local/listen/main.js', 'Usage: npm run listen -- [flags] [endpoint ...]'],
    ['build/local/bus/main.js', 'Usage: node build/local/bus/main.js [flags]'],
    ['build/local/relay/main.js', 'Usage: node build/local/relay/main.js [flags]'],
    ['build/local/host/main.js', 'Runs an Azure Functions app (Node, built) on this machine.'],
    ['build/bench/main.js', 'Usage: npm run bench -- [flags]'],
  ];
  it.each(programs)('explains %s and ends with exit code 0', async (file, words) => {
    const help = run(join(repositoryRoot, file), ['--help']);
    expect(await help.ended).toBe(0);
    expect([...help.lines, ...help.errors].join('\n')).toContain(words);
  });
});
