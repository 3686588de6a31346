import { objectsAt, textAt, type Json } from '../json.ts';
import type { Session } from '../session.ts';

export interface ResultPages {
  readonly results: readonly Json[];
  readonly isMore: boolean;
}

const longestPage = 1000;

/** Reads pages of an operation's results until `limit` are there or the list ends. */
export const readResultPages = async (
  { api }: Pick<Session, 'api'>,
  path: string,
  limit: number,
): Promise<ResultPages> => {
  const results: Json[] = [];
  let after: string | undefined;
  do {
    const top = String(Math.min(longestPage, limit - results.length));
    const { json } = await api({ method: 'GET', path, query: { top, after } });
    results.push(...objectsAt(json, 'results'));
    after = textAt(json, 'next') || undefined;
  } while (after !== undefined && results.length < limit);
  return { results, isMore: after !== undefined };
};
