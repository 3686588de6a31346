import type { Needed } from '../access/caller.ts';
import type { ProblemCode } from '../problemCatalogue.ts';
import type { Properties, Schema } from '../schemas/schema.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** A body or an answer. */
export interface Content {
  readonly description: string;
  /** `application/json` when absent. */
  readonly mediaType?: string;
  /** Absent for an answer without a body. */
  readonly schema?: Schema;
  readonly example?: unknown;
  /** Headers of an answer, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One route of the API, as the OpenAPI document tells it; a test holds the routes to the registered functions. */
export interface Route {
  /** Name of the function. */
  readonly name: string;
  /** Name of the operation; that of the function without "Http" when absent. */
  readonly operation?: string;
  readonly method: Method;
  /** Below `/api`, like `/jobs/{id}`. */
  readonly path: string;
  readonly needed: Needed;
  readonly tag: 'Jobs' | 'Endpoints' | 'Operations' | 'Notifications' | 'App';
  readonly summary: string;
  readonly description?: string;
  readonly pathParameters?: Properties;
  readonly query?: Properties;
  /** Headers that the route reads, by name. */
  readonly headers?: Properties;
  readonly body?: Content & { readonly required?: boolean };
  readonly answers: Readonly<Record<number, Content>>;
  /** Beside those of every route of its role. */
  readonly problems: readonly ProblemCode[];
}
