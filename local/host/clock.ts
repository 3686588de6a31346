/**
 * The time that engine and app go by. In a host that skips time the global `Date` of this process is moved with it,
 * so that an activity that computes "in an hour" agrees with the engine; `setTimeout` keeps to real time.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** How far ahead of real time the clock is, in milliseconds. */
  readonly offsetMs: number;
  readonly canMove: boolean;
  /** Moves the clock forward. @throws Error when the host was not started to skip time. */
  advance(ms: number): void;
  /** Gives the process its own `Date` back. */
  dispose(): void;
}

/** Node fires a timeout above this at once. */
export const LONGEST_TIMEOUT_MS = 2_147_483_647;

export const systemClock = (): Clock => ({
  now: () => Date.now(),
  offsetMs: 0,
  canMove: false,
  advance: () => {
    throw new Error('The clock can be moved only when the host was started to skip time.');
  },
  dispose: () => undefined,
});

/**
 * Replaces the global `Date` by one that runs `offsetMs()` ahead; the result undoes it. Dates made from a value are
 * untouched, and `instanceof Date` holds for all of them.
 */
export const shiftGlobalDate = (offsetMs: () => number): (() => void) => {
  const original = globalThis.Date;
  const now = (): number => original.now() + offsetMs();
  globalThis.Date = new Proxy(original, {
    construct: (target, args, newTarget): object =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: (target) => new target(now()).toString(),
    get: (target, property, receiver): unknown =>
      property === 'now' ? now : Reflect.get(target, property, receiver),
  });
  return () => {
    globalThis.Date = original;
  };
};

/** A clock that can be moved; it moves this process's `Date`. */
export const movableClock = (): Clock => {
  let offsetMs = 0;
  const undo = shiftGlobalDate(() => offsetMs);
  return {
    now: () => Date.now(),
    get offsetMs() {
      return offsetMs;
    },
    canMove: true,
    advance: (ms) => {
      offsetMs += Math.max(0, ms);
    },
    dispose: undo,
  };
};
