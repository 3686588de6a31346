import { setTimeout as delay } from 'node:timers/promises';

/**
 * Longest that anything is waited for; a test that needs it has failed. Well over the minute after which a held job looks
 * again by itself: an activity that the engine runs twice at once may leave its workflow with that wait.
 */
const patienceMs = 120_000;

/** Asks again and again until the answer is good; the last word is in the message when it never is. */
export const eventually = async <Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
  describe: () => string = () => '',
): Promise<Value> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}. ${describe()}`);
    await delay(25);
  }
};
