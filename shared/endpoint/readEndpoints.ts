import { Ajv, type ErrorObject } from 'ajv';
import { endpointsSchema } from './endpointsSchema.ts';
import type { HintsMap } from '../context/write/hints.ts';
import { contradictionsIn } from './optionsOfContracts.ts';
import type { Route } from './routes.ts';
import type { ServiceEndpoint } from './serviceEndpoint.ts';

/** What the file says, defaults filled in. */
export interface EndpointsFile {
  readonly endpoints: readonly ServiceEndpoint[];
  readonly routes: readonly Route[];
  readonly hints: HintsMap;
  /** Columns and parameters whose values are not shown to people: `column` or `table.column`. */
  readonly masked: readonly string[];
}

const fillsDefaults = new Ajv({ allErrors: true, useDefaults: true, strict: true }).compile<EndpointsFile>(
  endpointsSchema,
);

export type EndpointsRead =
  | ({ readonly kind: 'read' } & EndpointsFile)
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

const describe = (error: ErrorObject): string => {
  const where = error.instancePath === '' ? '/' : error.instancePath;
  const params = error.params as { additionalProperty?: string; allowedValues?: readonly string[] };
  if (params.additionalProperty !== undefined) return `${where}: "${params.additionalProperty}" is unknown`;
  if (params.allowedValues !== undefined)
    return `${where}: must be one of ${params.allowedValues.join(', ')}`;
  return `${where}: ${error.message ?? error.keyword}`;
};

const duplicateNames = (endpoints: readonly ServiceEndpoint[]): string[] => {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of endpoints) (seen.has(name) ? twice : seen).add(name);
  return [...twice].map((name) => `/endpoints: the name "${name}" is used more than once`);
};

const deadEnds = ({ endpoints, routes }: EndpointsFile): string[] => {
  const names = endpoints.map(({ name }) => name);
  return routes.flatMap((route) =>
    route.endpoints
      .filter((name) => !names.includes(name))
      .map((name) => `route "${route.name}": there is no endpoint "${name}"`),
  );
};

const parse = (text: string): { value: unknown } | { fault: string } => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
};

/**
 * Reads the text of an endpoints file and fills in defaults.
 *
 * @returns the endpoints, or every fault found, each with the place in the file.
 */
export const readEndpoints = (text: string): EndpointsRead => {
  const parsed = parse(text.replace(/^\uFEFF/, ''));
  if ('fault' in parsed) return { kind: 'faulty', faults: [parsed.fault] };
  const { value } = parsed;
  if (!fillsDefaults(value)) {
    return { kind: 'faulty', faults: (fillsDefaults.errors ?? []).map(describe) };
  }
  const { endpoints, routes, hints, masked } = value;
  const faults = [...duplicateNames(endpoints), ...endpoints.flatMap(contradictionsIn), ...deadEnds(value)];
  return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'read', endpoints, routes, hints, masked };
};
