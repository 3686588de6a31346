/** What errors of Azure's messaging SDKs have in common. */
interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

export const asSdkError = (error: unknown): SdkError =>
  typeof error === 'object' && error !== null ? error : {};

export const textOf = (error: unknown): string => {
  const { message } = asSdkError(error);
  return typeof message === 'string' && message !== '' ? message : String(error);
};

/** An AggregateError of repeated attempts says nothing itself; the last attempt does. */
export const lastOf = (error: unknown): unknown => {
  const { errors } = asSdkError(error);
  return Array.isArray(errors) && errors.length > 0 ? lastOf(errors.at(-1)) : error;
};
