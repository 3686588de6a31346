/** Work of several lanes at once: each goes on, at every `turn`, only when the schedule says so. */
export type LaneWork = (turn: () => Promise<void>) => Promise<void>;

interface Choice {
  readonly lane: number;
  /** Lanes that could have gone on. */
  readonly open: readonly number[];
}

/** Until nothing moves any more but by a turn: the works do no I/O. */
const allStill = (): Promise<void> => new Promise((still) => setImmediate(still));

const play = async (works: readonly LaneWork[], schedule: readonly number[]): Promise<Choice[]> => {
  const waiting = new Map<number, () => void>();
  const choices: Choice[] = [];
  const ends = Promise.all(
    works.map((work, lane) => work(() => new Promise((go) => waiting.set(lane, () => go(undefined))))),
  );
  await allStill();
  while (waiting.size > 0) {
    const open = [...waiting.keys()].sort((one, other) => one - other);
    const lane = schedule[choices.length] ?? open[0] ?? 0;
    const go = waiting.get(lane);
    choices.push({ lane, open });
    waiting.delete(lane);
    go?.();
    await allStill();
  }
  await ends;
  return choices;
};

/** The schedule that follows, as in a tree that is walked from its first leaf to its last. */
const nextSchedule = (choices: readonly Choice[]): number[] | undefined => {
  for (let at = choices.length - 1; at >= 0; at -= 1) {
    const other = choices[at]?.open.find((lane) => lane > (choices[at]?.lane ?? 0));
    if (other !== undefined) return [...choices.slice(0, at).map(({ lane }) => lane), other];
  }
  return undefined;
};

/**
 * Plays the works in every order in which their turns can follow each other.
 *
 * @param begin makes them anew, with what is to be looked at when all have ended.
 * @returns how many orders there are.
 */
export const inEveryOrder = async (
  begin: () => Promise<{ works: readonly LaneWork[]; check: (order: string) => Promise<void> }>,
): Promise<number> => {
  let count = 0;
  for (let schedule: number[] | undefined = []; schedule !== undefined; count += 1) {
    const { works, check } = await begin();
    const choices = await play(works, schedule);
    await check(choices.map(({ lane }) => lane).join(''));
    schedule = nextSchedule(choices);
  }
  return count;
};
