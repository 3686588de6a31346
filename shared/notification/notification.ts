/** A notification that was read and found good: what the bridge knows of it, and the bytes to deliver. */
export interface Notification {
  readonly endpoint: string;
  /** As received; delivered unchanged. */
  readonly body: Uint8Array;
  /** SHA-256 of the body, hex. */
  readonly bodyDigest: string;
  /** Dataverse removed members because the payload was over its own limit. */
  readonly sizeExceeded: boolean;
  /** Value of `x-ms-dynamics-organization`, else the organization's unique name, else undefined. */
  readonly organization: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly messageName: string;
  readonly primaryEntityName: string;
  readonly primaryEntityId: string;
  readonly operationId: string | undefined;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  readonly operationCreatedOn: Date | undefined;
  readonly depth: number;
  readonly stage: number | undefined;
  readonly userId: string | undefined;
  readonly initiatingUserId: string | undefined;
  readonly initiatingUserAgent: string | undefined;
  /** Object ids in Entra, of organizations that send them. */
  readonly userObjectId: string | undefined;
  readonly initiatingUserObjectId: string | undefined;
  /** Columns in the target of an Update; undefined for other messages, and when Dataverse left the target out. */
  readonly changedColumns: readonly string[] | undefined;
  /** W3C trace context of the request. */
  readonly traceParent: string | undefined;
  /** The processing step that posted (id of the sdkmessageprocessingstep row). */
  readonly owningExtensionId: string | undefined;
  readonly owningExtensionName: string | undefined;
}
