/** Looks a header up by its lower-case name; null when absent. */
export type HeaderLookup = (name: string) => string | null;

/** What Dataverse says beside the body of a webhook call (Microsoft Learn, "Use webhooks"). */
export interface DataverseHeaders {
  /** Domain name of the environment. */
  readonly organization: string | undefined;
  /** Dataverse removed ParentContext, InputParameters and the images because the payload was over 256 KB. */
  readonly sizeExceeded: boolean;
  /** W3C trace context; undefined when absent or not well-formed (W3C Recommendation "Trace Context", 3.2). */
  readonly traceParent: string | undefined;
}

const traceParentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const readTraceParent = (text: string | null): string | undefined =>
  text !== null && traceParentPattern.test(text) ? text : undefined;

export const readDataverseHeaders = (header: HeaderLookup): DataverseHeaders => ({
  organization: header('x-ms-dynamics-organization')?.slice(0, 256) ?? undefined,
  sizeExceeded: header('x-ms-dynamics-msg-size-exceeded') !== null,
  traceParent: readTraceParent(header('traceparent')),
});
