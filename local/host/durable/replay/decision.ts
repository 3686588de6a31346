import type { FailureDetails, FinalStatus, HistoryEvent } from '../history/events.ts';

/** What a turn decided, under its sequence number: DurableTask.Core's OrchestratorAction. */
export type Decision =
  | {
      readonly kind: 'ScheduleTask';
      readonly id: number;
      readonly name: string;
      readonly input: string | null;
    }
  | { readonly kind: 'CreateTimer'; readonly id: number; readonly fireAt: string }
  | {
      readonly kind: 'CreateSubOrchestration';
      readonly id: number;
      readonly name: string;
      readonly instanceId: string;
      readonly input: string | null;
      readonly version?: string;
    }
  | {
      readonly kind: 'Complete';
      readonly id: number;
      readonly status: FinalStatus;
      readonly result: string | null;
      readonly details: string | null;
      readonly failureDetails?: FailureDetails;
    }
  | {
      readonly kind: 'ContinueAsNew';
      readonly id: number;
      readonly input: string | null;
      /** Events that arrived after the orchestration had asked to continue. */
      readonly carryOver: readonly HistoryEvent[];
    };

/** The class names that DurableTask.Core puts into its messages about a replay that does not fit. */
export const decisionClassNames = {
  ScheduleTask: 'ScheduleTaskOrchestratorAction',
  CreateTimer: 'CreateTimerOrchestratorAction',
  CreateSubOrchestration: 'CreateSubOrchestrationAction',
  Complete: 'OrchestrationCompleteOrchestratorAction',
  ContinueAsNew: 'OrchestrationCompleteOrchestratorAction',
} as const satisfies Record<Decision['kind'], string>;
