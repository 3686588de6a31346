import { describe, expect, it } from 'vitest';
import { longestWaitSeconds, waitWanted } from '../../../shared/api/preferences.ts';

describe('the wait that a caller prefers', () => {
  it.each([
    ['wait=10', 10],
    ['WAIT = 10', 10],
    ['wait="10"', 10],
    ['respond-async, wait=10', 10],
    ['respond-async,wait=10;x=1', 10],
    ['respond-async; wait=5, other', 5],
    ['wait=0', 0],
    ['wait=3, wait=9', 3],
  ])('is read from %j (R-12)', (header, seconds) => {
    expect(waitWanted(header)).toBe(seconds);
  });

  it.each([['wait=26'], ['wait=60'], ['wait=999999']])('is bounded: %s (R-12)', (header) => {
    expect(longestWaitSeconds).toBeLessThan(30);
    expect(waitWanted(header)).toBe(longestWaitSeconds);
  });

  it.each([
    [null],
    [''],
    ['wait'],
    ['wait='],
    ['wait=x'],
    ['wait=-1'],
    ['wait=1.5'],
    ['wait=1s'],
    ['await=10'],
    ['no-wait=10'],
    ['wait=9999999'],
    ['wait10'],
  ])('is not known from %j', (header) => {
    expect(waitWanted(header)).toBeUndefined();
  });

  it.each([',', ' ', 'wait=', 'wait=1 ', ', ', 'wait = "'])('is searched quickly in many of %j', (piece) => {
    expect(waitWanted(`${piece.repeat(16_384)}!`)).not.toBeNaN();
  });
});
