import type { Clock } from './clock.ts';
import type { Engine } from './durable/engine/engine.ts';

/** Moves a host's clock, by hand or by itself. */
export interface TimeSkipper {
  /** Whether the clock jumps by itself when only durable timers are left. */
  automatic: boolean;
  /** Something may have been the last thing to do. */
  check(): void;
  /** Moves the clock and lets everything that became due fire. */
  advance(ms: number): void;
  /** Resolves when nothing is left to do but to wait for timers or the outside. */
  whenIdle(): Promise<void>;
}

export interface TimeSkipperDeps {
  readonly clock: Clock;
  readonly engine: Engine;
  /** What else counts as under way: HTTP requests, timer-triggered runs. */
  readonly otherWork: () => number;
  readonly timersMoved: () => void;
}

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Loop turns without work after which a host counts as idle: an answer may still be on its way to a new request. */
const QUIET_TURNS = 3;

export const createTimeSkipper = (deps: TimeSkipperDeps, automatic: boolean): TimeSkipper => {
  const { clock, engine } = deps;
  let checking = false;
  let asked = 0;
  let waiting: (() => void)[] = [];

  const isIdle = (): boolean => engine.busy === 0 && deps.otherWork() === 0;

  const staysIdle = async (): Promise<boolean> => {
    for (let turn = 0; turn < QUIET_TURNS; turn += 1) {
      await turnOfTheLoop();
      if (!isIdle()) return false;
    }
    return true;
  };

  const advance = (ms: number): void => {
    clock.advance(ms);
    engine.clockMoved();
    deps.timersMoved();
  };

  const becameIdle = (): void => {
    const nextMs = engine.nextTimerMs();
    if (skipper.automatic && nextMs !== undefined) {
      advance(nextMs - clock.now());
      return;
    }
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  };

  /** Whoever asks while we look may be the last one to ask, so we look once more for them. */
  const look = async (): Promise<void> => {
    checking = true;
    let answered: number;
    do {
      answered = asked;
      if (isIdle() && (await staysIdle())) becameIdle();
    } while (asked !== answered);
    checking = false;
  };

  const skipper: TimeSkipper = {
    automatic,
    check: () => {
      if (!skipper.automatic && waiting.length === 0) return;
      asked += 1;
      if (!checking) void look();
    },
    advance,
    whenIdle: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        skipper.check();
      }),
  };
  return skipper;
};
