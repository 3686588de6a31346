import { resolvePercent, type Settings } from '../config/settings.ts';
import { LONGEST_TIMEOUT_MS, type Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { HubStore } from '../store/hubStore.ts';
import type { ScheduleStatus } from '../store/records.ts';
import type { Dispatch } from '../worker/dispatch.ts';
import type { HostedFunction } from '../worker/functions.ts';
import { checkPastDue, initialStatus, statusAfterRun } from './monitor.ts';
import { isShorterThanAMinute, parseSchedule, type Schedule } from './schedule.ts';

export interface TimerDeps {
  readonly functions: readonly HostedFunction[];
  readonly settings: Settings;
  readonly store: HubStore;
  readonly dispatch: Dispatch;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a run has ended. */
  readonly ended: () => void;
}

export interface TimerTriggers {
  /** Starts the schedules; runs that were missed or asked for at startup come at once. */
  start(): void;
  /** Runs a timer function now, out of schedule. */
  readonly fire: (hosted: HostedFunction) => void;
  readonly clockMoved: () => void;
  readonly busy: number;
  stop(): void;
}

interface Timer {
  readonly hosted: HostedFunction;
  readonly schedule: Schedule;
  /** Keeps the last run in the store, and notices missed ones. */
  readonly isMonitored: boolean;
  readonly runOnStartup: boolean;
  status: ScheduleStatus;
  timeout: NodeJS.Timeout | undefined;
}

const withOffset = (time: string): string => time.replace(/Z$/, '+00:00');

/** Source: the timer extension's TimerInfo, as Newtonsoft serializes it. */
const timerInfo = ({ status, isMonitored }: Timer, isPastDue: boolean): string =>
  JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: isMonitored
      ? {
          Last: withOffset(status.last),
          Next: withOffset(status.next),
          LastUpdated: withOffset(status.lastUpdated),
        }
      : null,
    IsPastDue: isPastDue,
  });

const readTimer = ({ settings, clock }: TimerDeps, hosted: HostedFunction): Timer => {
  const { schedule: text, useMonitor, runOnStartup } = hosted.trigger;
  if (typeof text !== 'string') throw new Error(`Function '${hosted.name}' has no schedule.`);
  try {
    const schedule = parseSchedule(resolvePercent(text, settings));
    const isMonitored = useMonitor !== false && !isShorterThanAMinute(schedule, clock.now());
    const status = initialStatus(schedule, clock.now());
    return { hosted, schedule, isMonitored, runOnStartup: runOnStartup === true, status, timeout: undefined };
  } catch (error) {
    throw new Error(`Function '${hosted.name}': ${(error as Error).message}`, { cause: error });
  }
};

/** Runs timer-triggered functions. @throws Error for a schedule that cannot be read. */
export const createTimerTriggers = (deps: TimerDeps): TimerTriggers => {
  const { store, clock, dispatch, log } = deps;
  const timers = deps.functions.map((hosted) => readTimer(deps, hosted));
  let busy = 0;
  let stopped = false;

  /** Counts as under way until it is over, whatever becomes of it. */
  const track = (work: Promise<void>): void => {
    busy += 1;
    void work.finally(() => {
      busy -= 1;
      deps.ended();
    });
  };

  const call = async (timer: Timer, isPastDue: boolean): Promise<void> => {
    const { hosted } = timer;
    const result = await dispatch(hosted, { json: timerInfo(timer, isPastDue) });
    if (!result.ok) {
      log(
        'error',
        `Function.${hosted.name}`,
        `Executed 'Functions.${hosted.name}' (Failed): ${result.message}`,
      );
    }
  };

  const setStatus = async (timer: Timer, status: ScheduleStatus): Promise<void> => {
    timer.status = status;
    if (timer.isMonitored) await store.commit({ k: 'schedule', name: timer.hosted.name, status });
  };

  /** One run of the schedule; the next is set when it has ended, so runs never overlap. */
  const run = async (timer: Timer, kind: 'scheduled' | 'pastDue' | 'startup'): Promise<void> => {
    const startedMs = clock.now();
    await call(timer, kind === 'pastDue');
    if (stopped) return;
    await setStatus(timer, statusAfterRun(timer.schedule, timer.status, startedMs, kind === 'scheduled'));
    arm(timer);
  };

  const elapsed = (timer: Timer): void => {
    timer.timeout = undefined;
    if (Date.parse(timer.status.next) <= clock.now()) track(run(timer, 'scheduled'));
    else arm(timer);
  };

  const arm = (timer: Timer): void => {
    if (stopped) return;
    const waitMs = Math.max(0, Date.parse(timer.status.next) - clock.now());
    timer.timeout = setTimeout(() => elapsed(timer), Math.min(waitMs, LONGEST_TIMEOUT_MS));
    timer.timeout.unref();
  };

  const startOne = async (timer: Timer): Promise<void> => {
    const stored = timer.isMonitored ? store.state.schedules.get(timer.hosted.name) : undefined;
    const { status, isPastDue } = checkPastDue(timer.schedule, stored, clock.now());
    if (status !== stored) await setStatus(timer, status);
    timer.status = status;
    if (isPastDue) await run(timer, 'pastDue');
    else if (timer.runOnStartup) await run(timer, 'startup');
    else arm(timer);
  };

  return {
    start: () => {
      for (const timer of timers) track(startOne(timer));
    },
    fire: (hosted) => {
      const timer = timers.find((candidate) => candidate.hosted === hosted);
      if (timer !== undefined) track(call(timer, false));
    },
    clockMoved: () => {
      for (const timer of timers) {
        if (timer.timeout === undefined) continue;
        clearTimeout(timer.timeout);
        elapsed(timer);
      }
    },
    get busy() {
      return busy;
    },
    stop: () => {
      stopped = true;
      for (const { timeout } of timers) clearTimeout(timeout);
    },
  };
};
