/** When a failed post is tried again, per endpoint. Exponential, as Dataverse's own retries are, but visible. */
export interface RetryPolicy {
  readonly firstDelaySeconds: number;
  /** What each delay is multiplied with to give the next. */
  readonly factor: number;
  readonly longestDelaySeconds: number;
  /** Counted from the start of the round: acceptance, or the moment a person asked for a retry. */
  readonly totalHours: number;
  /** Attempts of a round, the first one included. */
  readonly maxAttempts: number;
}

/** Delays that double from the first to the longest, for as long as it takes: for faults of ours, not of a receiver. */
export const endlessRetries = (firstDelaySeconds: number, longestDelaySeconds: number): RetryPolicy => ({
  firstDelaySeconds,
  factor: 2,
  longestDelaySeconds,
  totalHours: Number.POSITIVE_INFINITY,
  maxAttempts: Number.POSITIVE_INFINITY,
});

/** Attempts since acceptance or since a person last asked for a retry; the budget of a policy is per round. */
export interface RetryRound {
  readonly startedOn: Date;
  /** Attempts made in this round. */
  readonly attempts: number;
}

/** Delays vary by up to this share either way, so that jobs that failed together do not return together. */
const jitterShare = 0.1;

/** FNV-1a, 32 bit: spreads job ids evenly without randomness, so that a replay finds the same delay. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
};

/** Between -1 and 1, the same for the same job and attempt. */
const jitter = (jobId: string, attempt: number): number =>
  (hash32(`${jobId}/${attempt}`) / 0xffffffff) * 2 - 1;

/** Milliseconds to wait after failed attempt number `attempt` of a round (1-based). */
export const retryDelayMs = (policy: RetryPolicy, jobId: string, attempt: number): number => {
  const grown = policy.firstDelaySeconds * policy.factor ** (attempt - 1);
  const seconds = Math.min(grown, policy.longestDelaySeconds);
  return Math.round(seconds * 1000 * (1 + jitterShare * jitter(jobId, attempt)));
};

const budgetEndsOn = (policy: RetryPolicy, round: RetryRound): number =>
  round.startedOn.getTime() + policy.totalHours * 3_600_000;

/**
 * When to try again after the last attempt of the round failed at `now`; undefined when the budget is used up.
 *
 * @param retryAfterMs what the receiver asked for; honoured up to the policy's longest delay.
 */
export const nextAttemptOn = (
  policy: RetryPolicy,
  jobId: string,
  round: RetryRound,
  now: Date,
  retryAfterMs = 0,
): Date | undefined => {
  if (round.attempts >= policy.maxAttempts) return undefined;
  const asked = Math.min(retryAfterMs, policy.longestDelaySeconds * 1000);
  const dueOn = now.getTime() + Math.max(retryDelayMs(policy, jobId, round.attempts), asked);
  return dueOn > budgetEndsOn(policy, round) ? undefined : new Date(dueOn);
};

/**
 * The attempts that follow `dueOn` if each one fails at once: what a waiting job is in for.
 *
 * @param limit the most times listed.
 */
export const plannedAttempts = (
  policy: RetryPolicy,
  jobId: string,
  round: RetryRound,
  dueOn: Date,
  limit = 50,
): Date[] => {
  const planned: Date[] = [];
  let next: Date | undefined = dueOn;
  for (let attempts = round.attempts + 1; next !== undefined && planned.length < limit; attempts += 1) {
    planned.push(next);
    next = nextAttemptOn(policy, jobId, { ...round, attempts }, next);
  }
  return planned;
};
