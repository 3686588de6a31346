import type { FinalStatus } from '../history/events.ts';
import type { Decision } from './decision.ts';
import type { Execution } from './execution.ts';
import type { Outcome } from './task.ts';

const completion = (id: number, status: FinalStatus, outcome: Outcome): Decision => {
  const common = { kind: 'Complete', id, status } as const;
  if (outcome.ok) return { ...common, result: outcome.value, details: null };
  const { reason, details, failureDetails } = outcome;
  return { ...common, result: reason, details, ...(failureDetails === undefined ? {} : { failureDetails }) };
};

/**
 * Decides the end of the execution, or its continuation when it asked to continue as new and was not stopped first.
 * A number is taken in any case. Source: `TaskOrchestrationContext.CompleteOrchestration`.
 */
export const complete = (execution: Execution, status: FinalStatus, outcome: Outcome): void => {
  const id = execution.nextId;
  execution.nextId += 1;
  if (status === 'Completed' && execution.continueWith !== undefined) {
    const { input } = execution.continueWith;
    execution.decisions.set(id, { kind: 'ContinueAsNew', id, input, carryOver: [...execution.carryOver] });
    return;
  }
  if (execution.ended) return;
  execution.ended = true;
  execution.decisions.set(id, completion(id, status, outcome));
};

export const decisionsInOrder = ({ decisions }: Execution): readonly Decision[] =>
  [...decisions.values()].sort((left, right) => left.id - right.id);
