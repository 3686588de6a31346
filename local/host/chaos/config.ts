/**
 * Faults a test asks for. Everything is off by default; the whole configuration can be given at the start and
 * replaced at run time.
 */
export interface ChaosConfig {
  /** Run each (matching) activity a second time: after the first, or at the same time. */
  readonly activityTwice?: ActivityTwice;
  /** Hand the completions that wait for a turn to it in random order. */
  readonly shuffleCompletions?: boolean;
  /** Throw away a turn before it is stored, so that it runs again. */
  readonly abortTurn?: Matching;
  /** Keep the results of activities back until `releaseResults`; they are lost, and run again, when the host dies. */
  readonly holdResults?: boolean;
  /** Milliseconds of real time that every message waits before it is taken, as in a hub that polls. */
  readonly latencyMs?: number;
  /** Hand structured failure details to the function, as newer extensions can. Default false. */
  readonly failureDetails?: boolean;
  /** Timers fire exactly when due, instead of up to a second early as whole-second queue delays make them. */
  readonly punctualTimers?: boolean;
  /** Kill the host's process at these points. */
  readonly deaths?: readonly Death[];
  /** Seed of the random choices. Default 1. */
  readonly seed?: number;
}

/** Which occurrences are meant; all of them when empty. */
export interface Matching {
  readonly instanceId?: string;
  /** Function name, without regard to case. */
  readonly function?: string;
  /** Only the n-th matching occurrence (from 1) since the configuration was set. */
  readonly nth?: number;
  /** Chance from 0 to 1 that an occurrence counts. Default 1. */
  readonly probability?: number;
}

export interface ActivityTwice extends Matching {
  readonly concurrently?: boolean;
}

export const deathPoints = [
  'start:before-commit',
  'start:after-commit',
  'turn:before-commit',
  'turn:after-commit',
  'activity:before-run',
  'activity:after-run',
  'activity:after-commit',
] as const;

/** Where a host can be killed. `after-commit` of a start is before its answer. */
export type DeathPoint = (typeof deathPoints)[number];

export interface Death extends Matching {
  readonly at: DeathPoint;
}

const isDeathPoint = (text: unknown): boolean => deathPoints.some((point) => point === text);

const switches = [
  'activityTwice',
  'shuffleCompletions',
  'abortTurn',
  'holdResults',
  'latencyMs',
  'failureDetails',
  'punctualTimers',
  'deaths',
  'seed',
];

/**
 * Checks a configuration that came as JSON.
 *
 * @throws Error naming the member that is not known.
 */
export const parseChaos = (value: unknown): ChaosConfig => {
  if (typeof value !== 'object' || value === null)
    throw new Error('The chaos configuration is not a JSON object.');
  const unknownSwitch = Object.keys(value).find((key) => !switches.includes(key));
  if (unknownSwitch !== undefined) throw new Error(`There is no chaos switch "${unknownSwitch}".`);
  const config = value as ChaosConfig;
  for (const { at } of config.deaths ?? []) {
    if (!isDeathPoint(at))
      throw new Error(`There is no death point "${at}"; there are ${deathPoints.join(', ')}.`);
  }
  return config;
};
