import { numberAt, objectsAt, textAt, textsAt, type Json } from '../json.ts';
import type { Session } from '../session.ts';

export interface JobPages {
  readonly jobs: readonly Json[];
  /** Ids of jobs whose rows cannot be read. */
  readonly unreadable: readonly string[];
  /** Token for what follows; null at the end. */
  readonly next: string | null;
}

const longestPage = 200;

/** Reads pages, short and empty ones too, until `limit` jobs are there or the list ends. */
export const readJobPages = async (
  { api }: Session,
  query: Readonly<Record<string, string>>,
  limit: number,
): Promise<JobPages> => {
  const jobs: Json[] = [];
  const unreadable: string[] = [];
  let next = query['after'] ?? '';
  do {
    const top = String(Math.min(longestPage, limit - jobs.length));
    const after = next === '' ? undefined : next;
    const { json } = await api({ method: 'GET', path: '/jobs', query: { ...query, top, after } });
    jobs.push(...objectsAt(json, 'jobs'));
    unreadable.push(...textsAt(json, 'unreadable'));
    next = textAt(json, 'next');
  } while (next !== '' && jobs.length < limit);
  return { jobs, unreadable, next: next === '' ? null : next };
};

/** By when the job was last written. */
export const byChange = (one: Json, other: Json): number =>
  Date.parse(textAt(one, 'modifiedOn')) - Date.parse(textAt(other, 'modifiedOn')) ||
  numberAt(one, 'attemptCount') - numberAt(other, 'attemptCount');
