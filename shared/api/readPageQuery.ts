import { jobIdPattern } from '../job/jobId.ts';
import { operationIdPattern } from '../operation/operationId.ts';
import { parametersReader } from './readParameters.ts';
import { integer, text, type Properties } from './schemas/schema.ts';

export interface PageQuery {
  readonly top: number;
  readonly after?: string;
}

export type PageQueryRead =
  | { readonly kind: 'read'; readonly query: PageQuery }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/**
 * Parameters of a list that has pages and no filters.
 *
 * @param token pattern of what `next` can be.
 */
const pageQuery = (top: number, mostTop: number, token: string): Properties => ({
  top: integer('Entries a page has at most.', { minimum: 1, maximum: mostTop, default: top }),
  after: text('`next` of the page before.', { pattern: token }),
});

/** Parameters of `GET /api/operations`. */
export const operationsQuery = pageQuery(20, 100, operationIdPattern);

/** Parameters of `GET /api/operations/{id}/results`. */
export const resultsQuery = pageQuery(100, 1000, jobIdPattern);

const pageReader = (offered: Properties) => {
  const read = parametersReader(offered);
  return (entries: Iterable<readonly [string, string]>): PageQueryRead => {
    const given = read(entries);
    if (given.kind === 'faulty') return given;
    const top = Number(given.parameters['top'] ?? offered['top']?.['default']);
    return { kind: 'read', query: { ...given.parameters, top } };
  };
};

/** Each reports every fault. */
export const readOperationsQuery = pageReader(operationsQuery);
export const readResultsQuery = pageReader(resultsQuery);
