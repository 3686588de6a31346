/** What is asked of the engine about one instance that it says it runs. */
export interface RunningInstance {
  /** When the engine last did anything with it. */
  readonly movedOn: () => Promise<Date>;
  readonly end: (reason: string) => Promise<void>;
}

/**
 * An instance that is alive moves more often: its longest planned pause is fifteen minutes (the breaker's longest), and
 * one whose activity fails tries again every minute.
 */
const stuckMs = 20 * 60_000;

/**
 * Ends an instance that waits for what never comes (a lost message, a name the engine does not know, an operator who
 * suspended it), so that it can be started again. That is safe: whatever it was about to write names the version it read.
 *
 * @returns whether it was ended.
 */
export const endIfStuck = async ({ movedOn, end }: RunningInstance, now: Date): Promise<boolean> => {
  const stillMs = now.getTime() - (await movedOn()).getTime();
  if (stillMs < stuckMs) return false;
  await end(`It has not moved for ${Math.floor(stillMs / 60_000)} minutes.`);
  return true;
};
