import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseChaos } from './chaos/config.ts';
import type { HostControl } from './control.ts';
import { readBody } from './http/body.ts';
import type { Handler } from './http/server.ts';

const bodyOf = async (message: IncomingMessage): Promise<unknown> => {
  const text = (await readBody(message, 1_000_000)).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as unknown);
};

const done = async (work: Promise<void>): Promise<object> => {
  await work;
  return {};
};

const answer = async (control: HostControl, target: string, body: unknown): Promise<object | undefined> => {
  switch (target) {
    case 'GET /report':
      return control.report();
    case 'DELETE /report':
      return done(control.resetReport());
    case 'PUT /chaos':
      return done(control.setChaos(parseChaos(body)));
    case 'POST /release-results':
      return done(control.releaseResults());
    case 'GET /clock':
      return control.clock();
    case 'POST /clock':
      return control.moveClock(body as Parameters<HostControl['moveClock']>[0]);
    case 'GET /idle':
      return done(control.whenIdle());
    default:
      return undefined;
  }
};

const write = (response: ServerResponse, status: number, value: object): void => {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
};

const serve = async (
  control: HostControl,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const target = `${message.method ?? ''} ${message.url ?? ''}`;
  if (target === 'POST /stop') {
    write(response, 202, {});
    await control.stop();
    return;
  }
  const value = await answer(control, target, await bodyOf(message));
  write(response, value === undefined ? 404 : 200, value ?? { error: `There is no ${target}.` });
};

/** Serves the control endpoint: a loopback address of its own, for tests and benchmarks. */
export const createControlHandler =
  (control: HostControl): Handler =>
  (message, response) => {
    serve(control, message, response).catch((error: unknown) => {
      write(response, 400, { error: (error as Error).message });
    });
  };
