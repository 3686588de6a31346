import { describe, expect, it } from 'vitest';
import { countersOf } from '../../../web/model/stateBar.ts';

describe('the counters of the state bar', () => {
  it('lead to exactly the jobs that they count', () => {
    const filters = Object.fromEntries(
      countersOf(undefined).map(({ display, filter }) => [display, filter] as const),
    );
    expect(filters).toMatchObject({ Retrying: { retrying: 'true' }, Held: { held: 'true' } });
  });
});
