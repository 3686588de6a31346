/** The job store could not be reached or refused to answer; whether a write happened is unknown. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
