/**
 * Names that the engine looks functions and events up by. The real engine leaves an instance Running for ever, without
 * an error, when an activity's name is unknown, and matches event names to the letter; a test holds these against what
 * is registered.
 */
export const names = {
  systemJobOrchestrator: 'systemJobOrchestrator',
  postMessageActivity: 'postMessageActivity',
  endpointRecoveryOrchestrator: 'endpointRecoveryOrchestrator',
  recoverEndpointActivity: 'recoverEndpointActivity',
  operationOrchestrator: 'operationOrchestrator',
  operationStepActivity: 'operationStepActivity',
  /** Event that says "look at your row again"; it never carries a decision. */
  wake: 'wake',
} as const;
