import type { HttpRequest } from '@azure/functions';

/**
 * The body of a request as text.
 *
 * @param most bytes; a body that is declared to be larger is not read at all.
 * @returns undefined when there are more.
 */
export const boundedText = async (request: HttpRequest, most: number): Promise<string | undefined> => {
  if (Number(request.headers.get('content-length') ?? 0) > most) return undefined;
  const body = await request.text();
  return Buffer.byteLength(body) > most ? undefined : body;
};
