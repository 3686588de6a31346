import { createHash } from 'node:crypto';
import { shards } from '../../job/jobId.ts';
import { UnusableToken, type JobListQuery } from '../../job/jobList.ts';

/** Where a list goes on. Opaque to callers; bound to the criteria it was made with. */
export interface ListPosition {
  /** Row key of the oldest job given out; shards go on behind it unless they have a position of their own. */
  readonly after: string | undefined;
  /** By shard, for those that are behind the others because a scan was cut short. */
  readonly behind: Readonly<Record<string, ShardPosition>>;
}

export interface ShardPosition {
  /** Row key that the scan began behind. */
  readonly after?: string;
  /** The service's own token, to continue that scan. */
  readonly next?: string;
}

/** Where a walk goes on. */
export interface WalkPosition {
  readonly shard: string;
  /** The service's own token; absent at the beginning of the shard. */
  readonly next?: string;
}

interface Token {
  readonly criteria: string;
  readonly after?: string;
  readonly behind?: Readonly<Record<string, ShardPosition>>;
}

interface WalkToken extends WalkPosition {
  readonly criteria: string;
}

/** All that a query asks for, whatever the order its members are given in. */
const criteriaOf = (query: JobListQuery): string => {
  const asked = Object.entries({ ...query, top: undefined, after: undefined })
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 10);
};

const write = (token: Token | WalkToken): string => Buffer.from(JSON.stringify(token)).toString('base64url');

export const writeToken = (query: JobListQuery, { after, behind }: ListPosition): string =>
  write({
    criteria: criteriaOf(query),
    ...(after === undefined ? {} : { after }),
    ...(Object.keys(behind).length === 0 ? {} : { behind }),
  });

export const writeWalkToken = (query: JobListQuery, position: WalkPosition): string =>
  write({ criteria: criteriaOf(query), ...position });

/** Reads both encodings of base 64; what is no object is an empty one. */
const parse = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

const isTextOrAbsent = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

/** The client unpacks the service's token before it sends it, and fails where it cannot. */
const isServiceToken = (value: unknown): boolean => {
  if (typeof value !== 'string') return value === undefined;
  const { nextPartitionKey, nextRowKey } = parse(value);
  return typeof nextPartitionKey === 'string' && isTextOrAbsent(nextRowKey);
};

const isPosition = (value: unknown): value is ShardPosition => {
  if (typeof value !== 'object' || value === null) return false;
  const { after, next } = value as Record<string, unknown>;
  return isTextOrAbsent(after) && isServiceToken(next);
};

const isBehind = (value: unknown): value is ListPosition['behind'] =>
  typeof value === 'object' && value !== null && Object.values(value).every(isPosition);

/** @throws UnusableToken when the text is no token, or one of a list with other criteria. */
export const readToken = (query: JobListQuery): ListPosition => {
  if (query.after === undefined) return { after: undefined, behind: {} };
  const { criteria, after, behind = {} } = parse(query.after);
  if (criteria !== criteriaOf(query) || !isBehind(behind) || !isTextOrAbsent(after)) {
    throw new UnusableToken('The continuation token does not belong to this list.');
  }
  return { after, behind };
};

/** @throws UnusableToken when the text is no token, or one of a walk with other criteria. */
export const readWalkToken = (query: JobListQuery): WalkPosition => {
  const [first] = shards;
  if (query.after === undefined && first !== undefined) return { shard: first };
  const { criteria, shard, next } = parse(query.after ?? '');
  const isKnown = typeof shard === 'string' && shards.includes(shard);
  if (criteria !== criteriaOf(query) || !isKnown || !isTextOrAbsent(next) || !isServiceToken(next)) {
    throw new UnusableToken('The continuation token does not belong to this walk.');
  }
  return { shard, ...(next === undefined ? {} : { next }) };
};
