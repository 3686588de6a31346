import type { ChaosConfig } from './chaos/config.ts';
import type { Counts } from './counters.ts';

/** What happened so far, and what it cost. */
export interface Report extends Counts {
  /** Instances the hub holds, and those of them that have ended. */
  readonly instances: number;
  readonly finishedInstances: number;
  /** Timers that have not fired, of live instances. */
  readonly openTimers: number;
  /** Processor time since the last reset, in milliseconds. The app's is 0 when it runs in the host's process. */
  readonly hostCpuMs: number;
  readonly workersCpuMs: number;
  /** Resident memory of the host's process, in MiB. */
  readonly hostMemoryMib: number;
}

export interface ClockState {
  readonly now: string;
  readonly offsetMs: number;
  readonly skipTime: boolean;
}

/** Steers a running host. The same in its own process and over its control endpoint. */
export interface HostControl {
  report(): Promise<Report>;
  resetReport(): Promise<void>;
  setChaos(config: ChaosConfig): Promise<void>;
  /** Lets results pass that `holdResults` kept back. */
  releaseResults(): Promise<void>;
  clock(): Promise<ClockState>;
  /** Moves the clock of a host that skips time; switches the jumping by itself on or off. */
  moveClock(change: { readonly advanceMs?: number; readonly skipTime?: boolean }): Promise<ClockState>;
  /** Resolves when nothing is left to do but to wait for time or for the outside. */
  whenIdle(): Promise<void>;
  /** Stops the host in good order. */
  stop(): Promise<void>;
}
