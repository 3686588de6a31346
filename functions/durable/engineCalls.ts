/** The extension refuses a second start with 409; the SDK tells the status in the message only. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('unexpected status code: 409');

/**
 * Longest wait for the engine, in milliseconds. The SDK's client has no limit of its own, and somebody waits behind it;
 * what was stored and not started is the sweeper's.
 */
export const longestWaitMs = 5000;
