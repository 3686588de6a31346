import { describe, expect, it } from 'vitest';
import { columnTables, valueText } from '../../../web/model/contextView.ts';
import { fromBase64, hexDump } from '../../../web/model/hexDump.ts';

const entity = (columns: Record<string, unknown>) => ({
  Attributes: Object.entries(columns).map(([key, value]) => ({ key, value })),
});

const parameters = (target: unknown) => [{ key: 'Target', value: target }];

describe('the columns of a context', () => {
  it('stand side by side before and after, the changed ones first', () => {
    const [table] = columnTables({
      InputParameters: parameters(entity({ name: 'New', city: 'Bern' })),
      PreEntityImages: [{ key: 'image', value: entity({ name: 'Old', city: 'Bern', size: 3 }) }],
      PostEntityImages: [{ key: 'image', value: entity({ name: 'New', city: 'Bern', size: 3 }) }],
    });
    expect(table?.rows).toEqual([
      { column: 'name', before: 'Old', target: 'New', after: 'New', change: 'changed' },
      { column: 'city', before: 'Bern', target: 'Bern', after: 'Bern', change: 'same' },
      { column: 'size', before: 3, target: undefined, after: 3, change: 'same' },
    ]);
  });

  it('pair images that a step names differently', () => {
    const tables = columnTables({
      PreEntityImages: [{ key: 'before', value: entity({ name: 'Old' }) }],
      PostEntityImages: [{ key: 'after', value: entity({ name: 'New' }) }],
    });
    expect(tables).toMatchObject([{ title: 'before / after', rows: [{ before: 'Old', after: 'New' }] }]);
  });

  it('are those of the target when there are no images', () => {
    expect(columnTables({ InputParameters: parameters(entity({ name: 'New' })) })).toMatchObject([
      { title: 'Target', hasBefore: false, hasAfter: false, rows: [{ column: 'name', change: 'set' }] },
    ]);
  });

  it.each([undefined, null, 'text', [], {}, { InputParameters: [null, 3, { key: 4 }] }])(
    'are none of %j, whatever stands there',
    (context) => {
      expect(columnTables(context)).toEqual([]);
    },
  );
});

describe('the value of a column', () => {
  it.each([
    [undefined, ''],
    [null, 'null'],
    ['Bern', 'Bern'],
    ['/Date(1764000000000+0000)/', '2025-11-24T16:00:00.000Z'],
    [{ __type: 'OptionSetValue:http://x', Value: 3 }, '3'],
    [{ LogicalName: 'account', Id: '1', Name: 'Ann' }, 'Ann (account 1)'],
    [{ LogicalName: 'account', Id: '1', Name: null }, 'account 1'],
    [{ Value: 3 }, '{"Value":3}'],
  ])('%j reads %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe('a binary body', () => {
  it('is shown as offset, bytes and letters', () => {
    expect(hexDump(fromBase64('QUIAf4Byc3R1dnd4eXowMTI='))).toBe(
      '00000000  41 42 00 7f 80 72 73 74 75 76 77 78 79 7a 30 31  AB···rstuvwxyz01\n' +
        '00000010  32                                               2',
    );
  });
});
