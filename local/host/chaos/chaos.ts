import type { ChaosConfig, DeathPoint, Matching } from './config.ts';
import { seededRandom, shuffled } from './random.ts';

/** What happens when, as far as faults are concerned. Asked by the engine at the places they can strike. */
export interface Chaos {
  readonly config: ChaosConfig;
  set(config: ChaosConfig): void;
  /** Kills this process when a death is set for the point; does not return then. */
  deathPoint(point: DeathPoint, occurrence: Occurrence): void;
  abortsTurn(occurrence: Occurrence): boolean;
  runsTwice(occurrence: Occurrence): 'no' | 'again' | 'concurrently';
  shuffle<Item>(items: readonly Item[]): readonly Item[];
  /** Resolves at once, or when results are no longer held back. */
  resultMayPass(): Promise<void>;
  releaseResults(): void;
}

/** Where a fault may strike. */
export interface Occurrence {
  readonly instanceId: string;
  readonly function: string;
}

const isMeant = (matching: Matching, { instanceId, function: name }: Occurrence): boolean =>
  (matching.instanceId === undefined || matching.instanceId === instanceId) &&
  (matching.function === undefined || matching.function.toLowerCase() === name.toLowerCase());

/** Dies like a process that is killed from outside: no handler runs, nothing is flushed. */
const killOwnProcess = (): void => {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};

export const createChaos = (initial: ChaosConfig): Chaos => {
  let config = initial;
  let random = seededRandom(initial.seed ?? 1);
  let counts = new Map<Matching, number>();
  let held: (() => void)[] = [];
  const strikes = (matching: Matching | undefined, occurrence: Occurrence): boolean => {
    if (matching === undefined || !isMeant(matching, occurrence)) return false;
    const count = (counts.get(matching) ?? 0) + 1;
    counts.set(matching, count);
    if (matching.nth !== undefined && matching.nth !== count) return false;
    return matching.probability === undefined || random() < matching.probability;
  };
  const releaseResults = (): void => {
    const waiting = held;
    held = [];
    for (const pass of waiting) pass();
  };
  return {
    get config() {
      return config;
    },
    set: (next) => {
      config = next;
      random = seededRandom(next.seed ?? 1);
      counts = new Map();
      if (next.holdResults !== true) releaseResults();
    },
    deathPoint: (point, occurrence) => {
      const { deaths } = config;
      if (deaths === undefined) return;
      if (deaths.some((death) => death.at === point && strikes(death, occurrence))) killOwnProcess();
    },
    abortsTurn: (occurrence) => strikes(config.abortTurn, occurrence),
    runsTwice: (occurrence) => {
      if (!strikes(config.activityTwice, occurrence)) return 'no';
      return config.activityTwice?.concurrently === true ? 'concurrently' : 'again';
    },
    shuffle: (items) => (config.shuffleCompletions === true ? shuffled(items, random) : items),
    resultMayPass: () =>
      config.holdResults === true ? new Promise<void>((resolve) => held.push(resolve)) : Promise.resolve(),
    releaseResults,
  };
};
