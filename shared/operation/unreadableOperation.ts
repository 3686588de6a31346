import type { OperationId } from './operationId.ts';

/**
 * A bulk operation whose row this version of the bridge cannot read: damaged, or written by a later version. It does
 * not go on; lists leave it out and name it, and the log says why.
 */
export class UnreadableOperation extends Error {
  override readonly name = 'UnreadableOperation';
  readonly id: OperationId;

  constructor(id: OperationId, cause: unknown) {
    super(`Its row cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.id = id;
  }
}
