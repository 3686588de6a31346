import type { IncomingMessage } from 'node:http';

/** The request was longer than allowed. */
export class BodyTooLarge extends Error {}

/** Reads a request's body whole. @throws BodyTooLarge as soon as it is known to be longer than `limit` bytes. */
export const readBody = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (): void => {
      reject(new BodyTooLarge(`Request body too large. The max request body size is ${limit} bytes.`));
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      refuse();
      return;
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > limit) refuse();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const [first] = chunks;
      resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
