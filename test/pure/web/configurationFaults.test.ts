import { describe, expect, it } from 'vitest';
import { configurationFaults } from '../../../web/model/configurationFaults.ts';

describe('the faults of a configuration', () => {
  it('are those of the health report', () => {
    expect(configurationFaults({ status: 'unhealthy', configuration: { faults: ['a', 'b'] } })).toEqual([
      'a',
      'b',
    ]);
  });

  it.each([undefined, null, 'nothing', {}, { configuration: {} }, { configuration: { faults: 'x' } }])(
    'are none in %j',
    (report) => {
      expect(configurationFaults(report)).toEqual([]);
    },
  );
});
