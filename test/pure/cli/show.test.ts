import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../cli/json.ts';
import { paintsOf } from '../../../cli/show/paint.ts';
import { oneLine, plain } from '../../../cli/show/plain.ts';
import { pairs, table } from '../../../cli/show/table.ts';
import { exact, lengthOf, readTime, relative } from '../../../cli/show/times.ts';
import { cut, widthOf } from '../../../cli/show/width.ts';

const nowMs = Date.parse('2026-11-24T06:00:00Z');
const noPaints = paintsOf(false);
const isObeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('times', () => {
  it.each([
    ['2026-11-24T05:59:59.500Z', 'now'],
    ['2026-11-24T05:59:57Z', '3 s ago'],
    ['2026-11-24T05:57:01Z', '2 min ago'],
    ['2026-11-24T08:00:00Z', 'in 2 h'],
    ['2026-11-20T06:00:00Z', '4 d ago'],
    ['', ''],
    ['no time', ''],
  ])('show %s as "%s"', (time, expected) => {
    expect(relative(time, nowMs)).toBe(expected);
  });

  it('are exact where they are shown alone', () => {
    expect(exact('2026-11-24T05:57:00.123Z', nowMs)).toBe('2026-11-24 05:57:00 UTC (2 min ago)');
    expect(exact('', nowMs)).toBe('');
  });

  it('show a length in its largest unit', () => {
    expect([0, 999, 61_000, 7_200_000, 90_000_000].map(lengthOf)).toEqual([
      '0 ms',
      '999 ms',
      '1 min',
      '2 h',
      '1 d',
    ]);
  });

  it.each([
    ['2026-11-24', -1, '2026-11-24'],
    ['2026-11-24T08:30:00+01:00', -1, '2026-11-24T08:30:00+01:00'],
    ['2h', -1, '2026-11-24T04:00:00.000Z'],
    ['30m', 1, '2026-11-24T06:30:00.000Z'],
    ['30 min', 1, '2026-11-24T06:30:00.000Z'],
    ['1d', -1, '2026-11-23T06:00:00.000Z'],
    ['45s', 1, '2026-11-24T06:00:45.000Z'],
  ] as const)('are read from "%s" in direction %d', (text, direction, expected) => {
    expect(readTime(text, direction, nowMs)).toBe(expected);
  });

  it.each(['', 'yesterday', '99', '2y', '2026-13-01', '-2h', '9999999d'])('refuse "%s"', (text) => {
    expect(() => readTime(text, -1, nowMs)).toThrow('is no time');
  });
});

describe('text of the app', () => {
  it('has nothing in it that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plain(text)).not.toMatch(isObeyed);
        expect(oneLine(text)).not.toMatch(/[\n\t]/);
        expect(jsonText({ text })).not.toMatch(isObeyed);
      }),
    );
  });

  it('keeps its meaning as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is cut by what a terminal shows, not by code units', () => {
    expect(widthOf('高山 ski')).toBe(8);
    expect(cut('高山 ski', 5)).toBe('高山…');
    expect(cut('short', 5)).toBe('short');
    expect(cut('anything', 0)).toBe('');
  });
});

describe('a table', () => {
  const columns = [
    { title: 'Id' },
    { title: 'Name', shrinksTo: 6, drop: 2 },
    { title: 'Reason', shrinksTo: 8, drop: 1 },
  ];
  const rows = [
    ['j-1', 'Create of account', 'ConnectionFailed: the namespace could not be reached'],
    ['j-22', 'Update', 'Delivered.'],
  ];

  it('is as wide as its cells need when there is no terminal', () => {
    expect(table(columns, rows, undefined, noPaints)).toEqual([
      'Id    Name               Reason',
      'j-1   Create of account  ConnectionFailed: the namespace could not be reached',
      'j-22  Update             Delivered.',
    ]);
  });

  it('takes from the widest column first', () => {
    expect(table(columns, rows, 50, noPaints)[1]).toBe('j-1   Create of account  ConnectionFailed: the na…');
  });

  it('leaves out the most dispensable columns where there is no room for all', () => {
    expect(table(columns, rows, 15, noPaints)).toEqual([
      'Id    Reason',
      'j-1   Connecti…',
      'j-22  Delivere…',
    ]);
    expect(table(columns, rows, 5, noPaints)).toEqual(['Id', 'j-1', 'j-22']);
  });

  it('fits any width that has room for what may not be cut', () => {
    const anyRows = fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string(), fc.string()), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 5, max: 120 }), (cells, width) => {
        for (const line of table(columns, cells, width, noPaints)) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it('of names and values leaves out what is empty', () => {
    expect(
      pairs(
        [
          ['Id', 'j-1'],
          ['Record', ''],
          ['Endpoint', 'orders'],
        ],
        noPaints,
      ),
    ).toEqual(['Id        j-1', 'Endpoint  orders']);
  });
});
