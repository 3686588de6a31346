import { useState } from 'preact/hooks';
import type { Payload } from '../../api/jobDetail.ts';
import type { Problem } from '../../api/shapes.ts';
import { usePage } from '../../state/page.ts';
import { pathOfJob } from './useJob.ts';

/** The payload of a job: hidden until a person asks for it, since asking is recorded. */
export interface PayloadLook {
  readonly payload: Payload | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** Why the person may not; undefined when they may. */
  readonly refusal: string | undefined;
  readonly look: () => void;
}

/** @param looked is called when the look has been recorded on the job. */
export const usePayload = (id: string, looked: () => void): PayloadLook => {
  const { client, refusal } = usePage();
  const [state, setState] = useState<Omit<PayloadLook, 'look' | 'refusal'>>({
    payload: undefined,
    problem: undefined,
    loading: false,
  });
  const look = async (): Promise<void> => {
    setState((before) => ({ ...before, loading: true }));
    const result = await client<Payload>(`${pathOfJob(id)}/payload`);
    setState(
      result.kind === 'ok'
        ? { payload: result.value, problem: undefined, loading: false }
        : { payload: undefined, problem: result.problem, loading: false },
    );
    looked();
  };
  return { ...state, refusal: refusal('payload'), look: () => void look() };
};
