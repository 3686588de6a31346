import { setTimeout as delay } from 'node:timers/promises';

/** Longest that anything is waited for; a test that needs it has failed. */
const patienceMs = 60_000;

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
