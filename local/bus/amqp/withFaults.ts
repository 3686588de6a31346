import type { Clock } from '../clock/clock.ts';
import type { FaultEngine, FaultPoint } from '../faults/faultEngine.ts';
import type { Fault, FaultMoment } from '../faults/faultRule.ts';
import { disrupt, type RheaLink } from './disrupt.ts';

/** A request of a client: what it is, what carrying it out means, and which faults answer it. */
export interface Request<Answer> {
  readonly point: Omit<FaultPoint, 'when'>;
  readonly link: RheaLink;
  carryOut(): Promise<Answer>;
  /** Whether that was done which faults with `after` wait for. */
  isDone(answer: Answer): boolean;
  /** The answer a fault gives, or undefined when it gives none. */
  answerOf(fault: Fault): Answer | undefined;
}

const pass = 'pass';
const silence = 'silence';

const wait = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => clock.at(clock.now() + ms, resolve));

/**
 * Carries a request out and lets the faults strike that are meant for it, before and after.
 *
 * @returns the answer, or undefined when none is to be given.
 */
export const withFaults = async <Answer>(
  { faults, clock }: { readonly faults: FaultEngine; readonly clock: Clock },
  request: Request<Answer>,
): Promise<Answer | undefined> => {
  if (!faults.active) return request.carryOut();

  const struck = async (when: FaultMoment): Promise<Answer | typeof pass | typeof silence> => {
    const fault = faults.strike({ ...request.point, when });
    if (fault === undefined) return pass;
    if (disrupt(fault, request.link)) return silence;
    if (fault.what === 'delay') await wait(clock, fault.delayMs);
    return request.answerOf(fault) ?? pass;
  };
  const before = await struck('before');
  if (before === silence) return undefined;
  if (before !== pass) return before;
  const answer = await request.carryOut();
  if (!request.isDone(answer)) return answer;
  const after = await struck('after');
  if (after === silence) return undefined;
  return after === pass ? answer : after;
};
