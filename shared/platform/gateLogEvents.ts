import type { AskedOfEndpoint, EndpointAnswer } from '../gate/actOnEndpoint.ts';
import type { EndpointEvent } from '../gate/afterEvent.ts';
import { kindOf, type EndpointState } from '../gate/endpointState.ts';
import { line, textOf, type LogSink } from './logEvents.ts';

export const endpointActionAnswered = (
  log: LogSink,
  endpoint: string,
  { action, by, reason, perMinute }: AskedOfEndpoint,
  answer: EndpointAnswer,
): void =>
  log.info(line('EndpointActionAnswered', { endpoint, action, by, reason, perMinute, answer: answer.kind }));

/** Jobs let go are told of by their own attempts. */
export const endpointChanged = (log: LogSink, state: EndpointState, event: EndpointEvent): void => {
  const { endpoint, breaker } = state;
  const text = line('EndpointChanged', { endpoint, because: event.kind, state: kindOf(state), breaker });
  if (event.kind === 'open' || event.kind === 'reopen') log.warn(text);
  else log.info(text);
};

/** An attempt could not be counted for the breaker, or a change could not be written: the next attempt tries again. */
export const gateFailed = (log: LogSink, endpoint: string, error: unknown): void =>
  log.error(line('GateFailed', { endpoint, error: textOf(error) }));

/** The recovery of an endpoint could not be started; the sweeper does it. */
export const recoveryStartFailed = (log: LogSink, endpoint: string, error: unknown): void =>
  log.warn(line('RecoveryStartFailed', { endpoint, error: textOf(error) }));

/** A batch of held jobs was let go. */
export const jobsLetGo = (log: LogSink, endpoint: string, jobs: number): void =>
  log.info(line('JobsLetGo', { endpoint, jobs }));

/** The row of an endpoint's state is damaged: the endpoint runs until somebody pauses it or removes the row. */
export const endpointUnreadable = (log: LogSink, endpoint: string, error: unknown): void =>
  log.error(line('EndpointUnreadable', { endpoint, error: textOf(error) }));

/** Counts of attempts could not be written; the next flush takes them along. */
export const statisticsFailed = (log: LogSink, error: unknown): void =>
  log.warn(line('StatisticsFailed', { error: textOf(error) }));
