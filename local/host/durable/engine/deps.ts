import type { Chaos } from '../../chaos/chaos.ts';
import type { Clock } from '../../clock.ts';
import type { Counts } from '../../counters.ts';
import type { Log } from '../../log.ts';
import type { HubStore } from '../../store/hubStore.ts';
import type { Dispatch } from '../../worker/dispatch.ts';
import type { FunctionTable } from '../../worker/functions.ts';
import type { ReplayLimits } from '../replay/execution.ts';

/** What the Durable extension reads from host.json, `extensions.durableTask`. */
export interface DurableSettings {
  readonly hubName: string;
  readonly maxConcurrentActivityFunctions: number;
  readonly maxConcurrentOrchestratorFunctions: number;
  /** Version given to orchestrations that are started without one. */
  readonly defaultVersion: string | undefined;
  readonly limits: ReplayLimits;
}

/** What the parts of the engine share. */
export interface EngineDeps {
  readonly store: HubStore;
  readonly functions: FunctionTable;
  readonly dispatch: Dispatch;
  readonly settings: DurableSettings;
  readonly clock: Clock;
  readonly chaos: Chaos;
  readonly counts: Counts;
  readonly log: Log;
}
