/** Where contexts are left that are too large for their message ("claim check"). */
export interface ClaimStore {
  /** What the message names it by: the address of the blob. */
  readonly referenceOf: (name: string) => string;
  /** Stores the body under a name; the same again for the same name. */
  readonly put: (name: string, body: Uint8Array, contentType: string) => Promise<void>;
}

/** A context that has to be stored before its message goes out. */
export interface Claim {
  readonly name: string;
  readonly body: Uint8Array;
  readonly contentType: string;
}
