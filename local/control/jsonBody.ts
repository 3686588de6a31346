import type { IncomingMessage } from 'node:http';

/** Anything larger is a mistake. */
const mostBytes = 1024 ** 2;

/**
 * The JSON a request carries; undefined when it carries nothing.
 *
 * @throws Error when it is no JSON, or too much.
 */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`The body is larger than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The body is no JSON: ${(error as Error).message}`, { cause: error });
  }
};
