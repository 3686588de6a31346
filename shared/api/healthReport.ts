import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { kindOf, type EndpointState } from '../gate/endpointState.ts';
import { reasonOf } from '../gate/reasonOf.ts';
import type { VitalSigns } from '../job/vitalSigns.ts';
import { jsonAnswer, type Answer } from './problem.ts';

export type StorageCheck =
  | {
      readonly kind: 'reachable';
      readonly vitalSigns: VitalSigns;
      /** Of all endpoints of which something is stored. */
      readonly states: readonly EndpointState[];
    }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unchecked' };

export interface Health {
  /** Faults of settings and endpoints file, all of them. */
  readonly faults: readonly string[];
  readonly endpoints: readonly ServiceEndpoint[];
  readonly storage: StorageCheck;
  readonly now: Date;
}

/** The sweeper runs every minute and stays a minute behind; this far behind, it has failed more than once. */
const sweeperLateMs = 5 * 60_000;

const sweeperFault = ({ sweptUntil, anyJob }: VitalSigns, now: Date): string | undefined => {
  if (sweptUntil === undefined) {
    return anyJob === false ? undefined : 'The sweeper has not run yet, though there are jobs.';
  }
  return now.getTime() - sweptUntil.getTime() > sweeperLateMs
    ? `The sweeper came no further than ${sweptUntil.toISOString()}; jobs that stand still may not be found.`
    : undefined;
};

/** Endpoints of the file whose jobs are held; what is accepted for them waits. */
const heldEndpoints = (endpoints: readonly ServiceEndpoint[], states: readonly EndpointState[]): string[] =>
  states
    .filter((state) => endpoints.some(({ name }) => name === state.endpoint))
    .filter((state) => ['paused', 'open', 'halfOpen'].includes(kindOf(state)))
    .map((state) => `Endpoint "${state.endpoint}": ${reasonOf(state) ?? ''}`);

const statusOf = ({ faults, storage }: Health, reasons: readonly string[]) => {
  if (faults.length > 0 || storage.kind !== 'reachable') return 'unhealthy';
  return reasons.length > 0 ? 'degraded' : 'healthy';
};

/**
 * 200 when notifications can be accepted, else 503; either way with what was found. A sweeper that stands still, or
 * an endpoint that is paused or left alone, is `degraded` and 200: what is accepted is stored, and waits at worst.
 */
export const healthReport = (health: Health): Answer => {
  const { faults, endpoints, storage, now } = health;
  const vitalSigns = storage.kind === 'reachable' ? storage.vitalSigns : undefined;
  const fault = vitalSigns === undefined ? undefined : sweeperFault(vitalSigns, now);
  const states = storage.kind === 'reachable' ? storage.states : [];
  const reasons = [...(fault === undefined ? [] : [fault]), ...heldEndpoints(endpoints, states)];
  const status = statusOf(health, reasons);
  return jsonAnswer(status === 'unhealthy' ? 503 : 200, {
    status,
    reasons,
    configuration: { faults },
    storage: {
      status: storage.kind,
      detail: storage.kind === 'unreachable' ? storage.detail : null,
      sweptUntil: vitalSigns?.sweptUntil ?? null,
    },
    jobs: { suspended: vitalSigns?.suspended ?? null, failed: vitalSigns?.failed ?? null },
    endpoints: endpoints.map(({ name, contract, path, messageFormat }) => ({
      name,
      contract,
      path,
      messageFormat,
      notifyPath: `/api/notify/${name}`,
    })),
  });
};
