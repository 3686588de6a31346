/** What happened since the start, or the last reset. All are numbers of occurrences. */
export interface Counts {
  /** Calls of orchestrator functions. */
  turns: number;
  /** Orchestration work items; generations continued as new inside one count once, as in DurableTask.Core. */
  episodes: number;
  /** Calls of activity functions. */
  activities: number;
  /** Durable timers that fired. */
  timersFired: number;
  /** External events that arrived. */
  events: number;
  /** Orchestrations started by a client. */
  starts: number;
  /** Orchestrations started by an orchestration. */
  childStarts: number;
  /** Instances that ended. */
  finished: number;
  /** HTTP-triggered calls of functions. */
  httpRequests: number;
  /** History events stored, and their size in characters of the JSON the function receives. */
  historyEvents: number;
  historyCharacters: number;
}

export const zeroCounts = (): Counts => ({
  turns: 0,
  episodes: 0,
  activities: 0,
  timersFired: 0,
  events: 0,
  starts: 0,
  childStarts: 0,
  finished: 0,
  httpRequests: 0,
  historyEvents: 0,
  historyCharacters: 0,
});
