import { describe, expect, it } from 'vitest';
import { endpointActions as allActions } from '../../../shared/gate/actOnEndpoint.ts';
import { eventTable } from '../../../shared/gate/afterEvent.ts';
import { endpointStateKinds } from '../../../shared/gate/endpointState.ts';
import { whyNotEndpoint } from '../../../web/model/endpointWords.ts';

const trying = 'Not possible: one job is being tried, and its result decides.';

/** By state and action; what is not here is possible. */
const reasons = [
  ['paused', 'pause', 'Not possible: it is paused already.'],
  ['running', 'resume', 'Not possible: it is running.'],
  ['running', 'drain', 'Not possible: it is running, and no job is held back.'],
  ['halfOpen', 'resume', trying],
  ['halfOpen', 'drain', trying],
  ['draining', 'resume', 'Not possible: it goes on already, and held jobs are being let through.'],
] as const;

describe('an action on an endpoint', () => {
  it('that the state forbids says why by that state, any other is possible', () => {
    const found = endpointStateKinds.flatMap((state) => {
      const actions = allActions.filter((action) => eventTable[action][state] !== undefined);
      return allActions.flatMap((action) => {
        const why = whyNotEndpoint({ state, actions }, action);
        return why === undefined ? [] : [[state, action, why]];
      });
    });
    expect(found.map(String).sort()).toEqual(reasons.map(String).sort());
  });
});
