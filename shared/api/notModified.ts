import { createHash } from 'node:crypto';
import { readEntityTags } from './entityTags.ts';
import type { Answer } from './problem.ts';

/** The answer with a tag; one that does not bring its own gets one from its body. */
const tagged = (answer: Answer): Answer & { readonly tag: string } => {
  const digest = (): string => createHash('sha256').update(answer.body).digest('base64url').slice(0, 27);
  const tag = answer.headers['etag'] ?? `W/"${digest()}"`;
  return { ...answer, headers: { ...answer.headers, etag: tag }, tag };
};

/**
 * A 200 to a GET gets a tag, and becomes a 304 without a body when the caller has it already (`If-None-Match`). A
 * header that cannot be read is ignored: the caller gets the whole answer.
 */
export const orNotModified = (method: string, ifNoneMatch: string | null, answer: Answer): Answer => {
  if (method !== 'GET' || answer.status !== 200 || answer.showsMore === true) return answer;
  const { tag, ...whole } = tagged(answer);
  const read = ifNoneMatch === null ? undefined : readEntityTags('If-None-Match', ifNoneMatch);
  if (read?.kind !== 'read' || !read.isWanted(tag)) return whole;
  return { status: 304, headers: { etag: tag, 'cache-control': 'no-store' }, body: '' };
};
