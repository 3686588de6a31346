import type { EndpointAction, EndpointState, EndpointView } from '../api/endpoints.ts';
import type { Tone } from './jobs.ts';

interface StateWords {
  readonly label: string;
  readonly tone: Tone;
}

/** A state of an endpoint as people read it. */
export const endpointStates: Readonly<Record<EndpointState, StateWords>> = {
  running: { label: 'Running', tone: 'good' },
  paused: { label: 'Paused', tone: 'caution' },
  open: { label: 'Breaker open', tone: 'bad' },
  halfOpen: { label: 'Trying one job', tone: 'caution' },
  draining: { label: 'Draining', tone: 'info' },
};

export const endpointActions: readonly EndpointAction[] = ['resume', 'drain', 'pause'];

export const endpointActionLabels: Readonly<Record<EndpointAction, string>> = {
  pause: 'Pause',
  resume: 'Resume',
  drain: 'Set drain rate',
};

/** What an action does, for whoever is about to do it. */
export const endpointEffects: Readonly<Record<EndpointAction, string>> = {
  pause:
    'Jobs to this endpoint are held: accepted and stored, but not attempted, until somebody resumes it. No attempt is spent.',
  resume: 'Held jobs are let through at the drain rate, the oldest first.',
  drain: 'Sets how many held jobs a minute are let through, and lets them go.',
};

const trying = 'Not possible: one job is being tried, and its result decides.';

/** By the state that forbids it. */
const notPossible: Readonly<Record<EndpointAction, Partial<Record<EndpointState, string>>>> = {
  pause: { paused: 'Not possible: it is paused already.' },
  resume: {
    running: 'Not possible: it is running.',
    halfOpen: trying,
    draining: 'Not possible: it goes on already, and held jobs are being let through.',
  },
  drain: { running: 'Not possible: it is running, and no job is held back.', halfOpen: trying },
};

/** Why an action is not possible now; undefined when it is. */
export const whyNotEndpoint = (
  { actions, state }: Pick<EndpointView, 'actions' | 'state'>,
  action: EndpointAction,
): string | undefined => {
  if (actions.includes(action)) return undefined;
  return notPossible[action][state] ?? `Not possible: its state is "${endpointStates[state].label}".`;
};
