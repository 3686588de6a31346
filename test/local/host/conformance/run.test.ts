import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { InvocationRequest } from '../../../../local/host/worker/coreTypes.ts';
import { recordedApp } from '../support/apps.ts';
import { startTestHost, type Answer, type TestHost } from '../../../support/hosts.ts';
import { normalise } from '../support/normalise.ts';
import {
  instancesOf,
  readRecording,
  recordingNames,
  type RecordedActivity,
  type RecordedCall,
  type RecordedInstance,
  type RecordedTurn,
  type Recording,
} from '../support/recordings.ts';
import { watchedWorker, type SeenInvocation } from '../../../support/watchedWorker.ts';

const settings = { logging: 'off' };

interface Run {
  readonly host: TestHost;
  readonly seen: readonly SeenInvocation[];
  readonly answers: readonly Answer[];
}

const openHosts: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const host of openHosts.splice(0)) await host.stop();
});

/** The address that the recorded `callHttp` asks. */
const okServer = async (): Promise<string> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 11 }).end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  openHosts.push({
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const bodyOf = (call: RecordedCall, ok: string): unknown => {
  const { body } = call.request;
  return typeof body === 'object' && body !== null
    ? JSON.parse(JSON.stringify(body).replace('http://127.0.0.1:21010', ok))
    : body;
};

/** Bodies that are not JSON were sent as they stand; the rest was serialized. */
const rawBody = (call: RecordedCall, body: unknown): unknown => {
  if (body === undefined) return undefined;
  const isRaw = typeof body === 'string' && /not JSON|text\/plain|broken|empty/i.test(call.note);
  return isRaw ? body : JSON.stringify(body);
};

/** The recorder followed continuation tokens. */
const tokenFor = (calls: readonly RecordedCall[], index: number): Record<string, string> => {
  const token =
    calls[index]?.note === 'next page' ? calls[index - 1]?.headers['x-ms-continuation-token'] : '';
  return token === undefined || token === '' ? {} : { 'x-ms-continuation-token': token };
};

/** Calls that were made before the instance had its first turn. */
const comesAtOnce = ({ note }: RecordedCall | undefined = { note: '' } as RecordedCall): boolean =>
  note.includes('at once');

/** Timers that fire early by chance would give a retry more now and then, against a timeout of some seconds. */
const punctual = { punctualTimers: true };

const makeCalls = async (host: TestHost, { api }: Recording): Promise<Answer[]> => {
  const ok = await okServer();
  const answers: Answer[] = [];
  for (const [index, call] of api.entries()) {
    if (!comesAtOnce(call)) await host.control.whenIdle();
    await host.control.setChaos(comesAtOnce(api[index + 1]) ? { ...punctual, latencyMs: 50 } : punctual);
    const { method, path, headers } = call.request;
    const body = rawBody(call, bodyOf(call, ok));
    answers.push(await host.api(method, path, body, { ...headers, ...tokenFor(api, index) }));
  }
  return answers;
};

const run = async (recording: Recording): Promise<Run> => {
  const { load, seen } = watchedWorker();
  const host = await startTestHost(
    { app: recordedApp, skipTime: true, settings, keys: { system: 'SYSTEMKEY' } },
    load,
  );
  openHosts.push(host);
  await host.control.moveClock({ skipTime: false });
  const answers = await makeCalls(host, recording);
  await host.control.moveClock({ skipTime: true });
  await host.control.whenIdle();
  return { host, seen, answers };
};

const inputText = ({ inputData }: InvocationRequest): string => inputData[0]?.data?.string ?? '';

const isTurn = (invocation: SeenInvocation): boolean =>
  inputText(invocation.request).startsWith('{"history":[');

interface Turn {
  readonly input: unknown;
  readonly answer: unknown;
}

const recordedTurn = (turn: RecordedTurn): Turn => ({
  input: turn.input,
  answer: turn.output ?? turn.exception?.message,
});

const seenTurn = ({ request, result }: SeenInvocation): Turn => ({
  input: JSON.parse(inputText(request)),
  answer: result.ok ? JSON.parse(result.returnValue?.json ?? '') : result.message,
});

const instanceOfTurn = (invocation: SeenInvocation): string =>
  (JSON.parse(inputText(invocation.request)) as { instanceId: string }).instanceId;

const seenActivity = ({ function: name, request, result }: SeenInvocation): object => {
  const [binding] = request.inputData;
  const { instanceId, data, ...rest } = request.triggerMetadata ?? {};
  return {
    function: name,
    input: binding?.data?.string,
    triggerMetadata: { instanceId, data, input: rest[binding?.name ?? ''] },
    ...(result.ok ? { returnValue: result.returnValue } : { exception: result.message }),
  };
};

const recordedActivity = (activity: RecordedActivity): object => {
  const { exception, ...rest } = activity;
  return exception === undefined ? rest : { ...rest, exception: exception.message };
};

/** Where several things run at once, their completions reach an orchestration in another grouping in every run. */
const isParallel = (name: string): boolean => name === 'fan-out';

const sameId = (left: string, right: string): boolean => normalise(left) === normalise(right);

const compareTurns = (name: string, id: string, recorded: RecordedInstance, { seen }: Run): void => {
  const ours = seen.filter((invocation) => isTurn(invocation) && sameId(instanceOfTurn(invocation), id));
  if (isParallel(name)) {
    expect(normalise(seenTurn(ours.at(-1) as SeenInvocation).answer)).toEqual(
      normalise(recordedTurn(recorded.turns.at(-1) as RecordedTurn).answer),
    );
    return;
  }
  expect(normalise(ours.map(seenTurn))).toEqual(normalise(recorded.turns.map(recordedTurn)));
};

const compareStatus = async (id: string, recorded: RecordedInstance, { host }: Run): Promise<void> => {
  for (const [query, expected] of [
    ['showHistory=true', recorded.status],
    ['showHistory=true&showHistoryOutput=true', recorded.statusWithOutputs],
  ] as const) {
    const { status, body } = await host.api('GET', `/instances/${id}?${query}`);
    expect({ status, body: normalise(body) }).toEqual({
      status: expected.httpStatus,
      body: normalise(expected.body),
    });
  }
};

const comparedHeaders = ['location', 'retry-after', 'content-type', 'x-ms-continuation-token'];

const headersOf = ({ headers }: Answer): object =>
  Object.fromEntries(
    comparedHeaders.flatMap((name) => (headers.has(name) ? [[name, headers.get(name)?.trim()]] : [])),
  );

/** Tokens end with a blank, which `fetch` takes off. */
const trimmedHeaders = (headers: Record<string, string>): object =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.trim()]));

/** A list of everything holds the instances of other recordings, too. */
const ownOnly = (recording: Recording, body: unknown): unknown => {
  if (!Array.isArray(body)) return body;
  const ids = instancesOf(recording).map(([id]) => id);
  return (body as { instanceId: string }[]).filter(({ instanceId }) => ids.includes(instanceId));
};

/** Whether an instance that was started at once before runs yet is a matter of moments, there as here. */
const aliveEitherWay = (text: string): string =>
  text.replace(/with the status (?:Pending|Running) /, 'with the status Pending or Running ');

const compareAnswers = (recording: Recording, { answers }: Run): void => {
  const view = (index: number, status: number, headers: object, body: unknown): unknown => {
    const note = recording.api[index]?.note ?? '';
    const shown = JSON.stringify({
      status,
      headers: normalise(headers),
      body: normalise(ownOnly(recording, body)),
    });
    return [note, JSON.parse(note.includes('maybe still Pending') ? aliveEitherWay(shown) : shown)];
  };
  const recorded = recording.api.map(({ status, headers, body }, index) =>
    view(index, status, trimmedHeaders(headers), body),
  );
  const ours = answers.map((answer, index) => view(index, answer.status, headersOf(answer), answer.body));
  expect(ours).toEqual(recorded);
};

describe('running a recorded orchestration', () => {
  it.each(recordingNames())('shows the same turns, answers and statuses as recorded: %s', async (name) => {
    const recording = readRecording(name);
    const done = await run(recording);
    compareAnswers(recording, done);
    for (const [id, recorded] of instancesOf(recording)) {
      compareTurns(name, id, recorded, done);
      const ours = done.seen.filter((invocation) => !isTurn(invocation)).map(seenActivity);
      const theirs = instancesOf(recording).flatMap(([, instance]) =>
        instance.activities.map(recordedActivity),
      );
      expect(normalise(sorted(ours))).toEqual(normalise(sorted(theirs)));
      if (!id.includes(':')) await compareStatus(id, recorded, done);
    }
  });
});

function sorted(items: readonly object[]): object[] {
  return [...items].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
