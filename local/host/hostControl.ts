import type { Chaos } from './chaos/chaos.ts';
import type { Clock } from './clock.ts';
import type { ClockState, HostControl, Report } from './control.ts';
import { zeroCounts, type Counts } from './counters.ts';
import type { HubStore } from './store/hubStore.ts';
import { isFinished } from './store/state.ts';
import type { TimeSkipper } from './timeSkipper.ts';
import type { FunctionsWorker } from './worker/app.ts';

export interface HostControlDeps {
  readonly counts: Counts;
  readonly store: HubStore;
  readonly worker: FunctionsWorker;
  readonly chaos: Chaos;
  readonly clock: Clock;
  readonly skipper: TimeSkipper;
  readonly stop: () => Promise<void>;
}

const hubSize = ({ state }: HubStore) => {
  const instances = [...state.instances.values()];
  return {
    instances: instances.length,
    finishedInstances: instances.filter(isFinished).length,
    openTimers: instances.reduce((sum, { timers }) => sum + timers.size, 0),
  };
};

const toMs = (microseconds: number): number => Math.round(microseconds / 10) / 100;

const hostCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** The control of a host, for use in its own process. */
export const createHostControl = (deps: HostControlDeps): HostControl => {
  const { counts, store, worker, chaos, clock, skipper } = deps;
  let hostBase = hostCpu();
  let workersBase = 0;

  const report = async (): Promise<Report> => ({
    ...counts,
    ...hubSize(store),
    hostCpuMs: toMs(hostCpu() - hostBase),
    workersCpuMs: toMs((await worker.cpuMicroseconds()) - workersBase),
    hostMemoryMib: Math.round(process.memoryUsage.rss() / 1_048_576),
  });

  const clockState = async (): Promise<ClockState> => ({
    now: new Date(clock.now()).toISOString(),
    offsetMs: clock.offsetMs,
    skipTime: skipper.automatic,
  });

  return {
    report,
    resetReport: async () => {
      Object.assign(counts, zeroCounts());
      hostBase = hostCpu();
      workersBase = await worker.cpuMicroseconds();
    },
    setChaos: async (config) => {
      chaos.set(config);
      skipper.check();
    },
    releaseResults: async () => chaos.releaseResults(),
    clock: clockState,
    moveClock: async ({ advanceMs, skipTime }) => {
      if (skipTime === true && !clock.canMove) clock.advance(0);
      if (skipTime !== undefined) skipper.automatic = skipTime;
      if (advanceMs !== undefined) skipper.advance(advanceMs);
      skipper.check();
      return clockState();
    },
    whenIdle: () => skipper.whenIdle(),
    stop: deps.stop,
  };
};
