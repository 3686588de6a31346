import { Agent, request } from 'node:http';
import type { Arena } from './platform.ts';
import { notification } from './notifications.ts';

/** Posts notifications over connections that are kept open, as a busy caller would. */
export interface Poster {
  /** Posts one new notification; resolves with the milliseconds until it was answered. */
  post(path?: string): Promise<number>;
  close(): void;
}

const defaultPath = '/api/notify/bench';

/** @throws Error when an answer is not 202: a figure with failures in it is none. */
export const createPoster = ({ host }: Arena): Poster => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const { baseUrl, functionKey } = host.ready;
  const post = (path = defaultPath): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = notification();
      const startedMs = performance.now();
      const outgoing = request(
        `${baseUrl}${path}`,
        {
          method: 'POST',
          agent,
          headers: {
            'x-functions-key': functionKey,
            'content-type': 'application/json',
            'content-length': body.byteLength,
          },
        },
        (response) => {
          response.resume();
          response.on('end', () => {
            if (response.statusCode === 202) resolve(performance.now() - startedMs);
            else reject(new Error(`${path} answered ${response.statusCode ?? 'nothing'}.`));
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { post, close: () => agent.destroy() };
};
