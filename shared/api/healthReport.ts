import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { jsonAnswer, type Answer } from './problem.ts';

export type StorageCheck =
  | { readonly kind: 'reachable'; readonly sweptUntil: Date | undefined }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unchecked' };

export interface Health {
  /** Faults of settings and endpoints file, all of them. */
  readonly faults: readonly string[];
  readonly endpoints: readonly ServiceEndpoint[];
  readonly storage: StorageCheck;
}

/** 200 when notifications can be accepted and delivered, else 503; either way with what was found. */
export const healthReport = ({ faults, endpoints, storage }: Health): Answer => {
  const healthy = faults.length === 0 && storage.kind === 'reachable';
  return jsonAnswer(healthy ? 200 : 503, {
    status: healthy ? 'healthy' : 'unhealthy',
    configuration: { faults },
    storage: {
      status: storage.kind,
      detail: storage.kind === 'unreachable' ? storage.detail : null,
      sweptUntil: storage.kind === 'reachable' ? (storage.sweptUntil ?? null) : null,
    },
    endpoints: endpoints.map(({ name, contract, path, messageFormat }) => ({
      name,
      contract,
      path,
      messageFormat,
      notifyPath: `/api/notify/${name}`,
    })),
  });
};
