import { createHash } from 'node:crypto';
import { UnusableToken, type JobListQuery } from '../../job/jobList.ts';

/** Where a list goes on. Opaque to callers; bound to the criteria it was made with. */
export interface ListPosition {
  /** Row key of the last job given out. */
  readonly after: string | undefined;
  /** By shard: the service's own token where a scan was cut short before it found anything further. */
  readonly scans: Readonly<Record<string, string>>;
}

interface Token {
  readonly criteria: string;
  readonly after?: string;
  readonly scans?: Record<string, string>;
}

const criteriaOf = ({ status, endpoint, table, message, from, to }: JobListQuery): string =>
  createHash('sha256')
    .update(JSON.stringify([status, endpoint, table, message, from, to]))
    .digest('base64url')
    .slice(0, 10);

export const writeToken = (query: JobListQuery, position: ListPosition): string => {
  const token: Token = {
    criteria: criteriaOf(query),
    ...(position.after === undefined ? {} : { after: position.after }),
    ...(Object.keys(position.scans).length === 0 ? {} : { scans: position.scans }),
  };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
};

const parse = (text: string): Partial<Token> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
};

const isScans = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'string');

/** @throws UnusableToken when the text is no token, or one of a list with other criteria. */
export const readToken = (query: JobListQuery): ListPosition => {
  if (query.after === undefined) return { after: undefined, scans: {} };
  const { criteria, after, scans = {} } = parse(query.after);
  if (
    criteria !== criteriaOf(query) ||
    !isScans(scans) ||
    !(after === undefined || typeof after === 'string')
  ) {
    throw new UnusableToken('The continuation token does not belong to this list.');
  }
  return { after, scans };
};
