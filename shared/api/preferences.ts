/** Longest that a caller can have us wait: Dataverse itself gives up after 60 s, and answers shall come within 30. */
export const longestWaitSeconds = 25;

/**
 * Seconds that a caller is ready to wait for the end of the job: `Prefer: wait=10` (RFC 7240, 4.3).
 *
 * @returns undefined when the header does not say, or not in a way that can be read.
 */
export const waitWanted = (prefer: string | null): number | undefined => {
  const seconds = /(?:^|[,;]\s*)wait\s*=\s*"?(\d{1,6})"?\s*(?=[,;]|$)/i.exec(prefer ?? '')?.[1];
  return seconds === undefined ? undefined : Math.min(Number(seconds), longestWaitSeconds);
};
