import { describe, expect, it } from 'vitest';
import { barsOf, barsText } from '../../../web/model/bars.ts';

const hour = (attempts: number, failures: number, p95Ms: number | null = null) => ({
  hour: '2026-11-29T10:00:00Z',
  attempts,
  failures,
  p95Ms,
});

describe('the bars of an endpoint', () => {
  it('are as high as their share of the busiest hour, the failed part at the foot', () => {
    expect(barsOf([hour(10, 0), hour(100, 50), hour(0, 0)])).toMatchObject([
      { failedHeight: 0, deliveredY: 90, deliveredHeight: 10 },
      { failedY: 50, failedHeight: 50, deliveredY: 0, deliveredHeight: 50 },
      { failedHeight: 0, deliveredHeight: 0 },
    ]);
  });

  it('show what is too little to be seen, and never leave the drawing', () => {
    expect(barsOf([hour(100_000, 1)])).toMatchObject([
      { failedHeight: 2, deliveredY: 0, deliveredHeight: 98 },
    ]);
  });

  it('have the p95 on its own scale, and none where there was none', () => {
    expect(barsOf([hour(1, 0, 50), hour(1, 0, 100), hour(0, 0)]).map(({ p95Y }) => p95Y)).toEqual([
      50,
      0,
      undefined,
    ]);
  });

  it('are said in words too', () => {
    expect(barsText([hour(10, 1, 80), hour(5, 0, 120)])).toBe(
      '15 attempts in the last 24 hours, 1 of them failed; slowest hour: 95 % within 120 ms.',
    );
    expect(barsText([hour(0, 0)])).toBe('No attempts in the last 24 hours.');
  });
});
