/**
 * Why a notification is not accepted. 4xx is a caller's mistake that repeating cannot mend; 503 is ours: Dataverse
 * repeats 502, 503 and 504 once after its own wait and treats every other failure as final (contract.md, R-8).
 */
export const refusals = {
  EndpointUnknown: { status: 404, title: 'There is no service endpoint of this name.' },
  ContentTypeUnsupported: { status: 415, title: 'The body must be JSON (application/json).' },
  ContentEncodingUnsupported: { status: 415, title: 'The body must not be compressed.' },
  BodyTooLarge: { status: 413, title: 'The body is larger than the bridge stores.' },
  BodyNotJson: { status: 400, title: 'The body is not JSON text in UTF-8.' },
  ContextInvalid: { status: 400, title: 'The body is not an execution context of Dataverse.' },
  IdempotencyKeyInvalid: { status: 400, title: 'The Idempotency-Key header is not usable.' },
  IdempotencyKeyReused: { status: 422, title: 'The Idempotency-Key was used before with another body.' },
  DepthExceeded: { status: 422, title: 'The operation is nested too deeply; it may be an endless loop.' },
  ConfigurationFaulty: { status: 503, title: 'The bridge is configured wrongly; see GET /api/health.' },
  StorageUnavailable: { status: 503, title: 'The storage of the bridge is out of reach.' },
  InternalFault: { status: 503, title: 'The bridge failed.' },
} as const;

export type RefusalCode = keyof typeof refusals;

/** One fault in the body: where (a JSON pointer, RFC 6901) and what. */
export interface BodyFault {
  readonly pointer: string;
  readonly detail: string;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly detail: string;
  readonly faults: readonly BodyFault[];
}

export const refuse = (code: RefusalCode, detail: string, faults: readonly BodyFault[] = []): Refusal => ({
  kind: 'refused',
  code,
  detail,
  faults,
});
