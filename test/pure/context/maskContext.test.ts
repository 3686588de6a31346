import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskContext } from '../../../shared/context/maskContext.ts';
import { maskText, masksOf } from '../../../shared/context/masks.ts';
import { bytesOf, contextWith } from '../../support/contexts.ts';
import { anyContext, randomContext } from '../../support/randomContexts.ts';

const masked = (context: unknown, ...names: string[]) => {
  const text = typeof context === 'string' ? context : JSON.stringify(context);
  const { body, found } = maskContext(bytesOf(text), masksOf(names));
  return { text: new TextDecoder().decode(body), found };
};

const entity = (attributes: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) => ({
  Attributes: attributes,
  LogicalName: 'account',
  ...more,
});

const targetOf = (value: unknown) => contextWith({ InputParameters: [{ key: 'Target', value }] });

describe('a masked column (E-7)', () => {
  it('is hidden in attributes and formatted values, and nothing else changes', () => {
    const before =
      '{"PrimaryEntityName":"account", "InputParameters":[{"key":"Target","value":{"Attributes":[' +
      '{"key":"telephone1","value":"secret"},{"key":"revenue","value":{"Value":100.0000}}],' +
      '"FormattedValues":[{"key":"telephone1","value":"+secret"}],"LogicalName":"account"}}]}';
    const { text, found } = masked(before, 'account.telephone1');
    expect(text).toBe(before.replace('"secret"', '"•••"').replace('"+secret"', '"•••"'));
    expect(found).toEqual(['account.telephone1']);
  });

  it('named with its table is shown in other tables', () => {
    const contact = entity([{ key: 'telephone1', value: 'open' }], { LogicalName: 'contact' });
    expect(masked(targetOf(contact), 'account.telephone1').text).toContain('open');
    expect(masked(targetOf(contact), 'telephone1').text).not.toContain('open');
    expect(masked(targetOf(contact), 'CONTACT.Telephone1').found).toEqual(['contact.telephone1']);
  });

  it('of a record whose table is not told is hidden', () => {
    const nameless = entity([{ key: 'telephone1', value: 'secret' }], { LogicalName: null });
    expect(masked(targetOf(nameless), 'lead.telephone1').text).not.toContain('secret');
  });

  it('is hidden whole, whatever its value is', () => {
    const values = [
      { Value: 'secret' },
      ['secret'],
      entity([{ key: 'name', value: 'secret' }]),
      4711.5,
      true,
    ];
    for (const value of values) {
      const { text } = masked(targetOf(entity([{ key: 'x', value }])), 'x');
      expect(text).toContain('{"key":"x","value":"•••"}');
      expect(text).not.toMatch(/secret|4711/);
    }
  });

  it('is hidden in images, related records, keys and parent contexts', () => {
    const secret = entity([{ key: 'x', value: 'secret' }], {
      KeyAttributes: [{ key: 'x', value: 'secret' }],
      RelatedEntities: [
        { key: { SchemaName: 's' }, value: { Entities: [entity([{ key: 'x', value: 'secret' }])] } },
      ],
    });
    const context = contextWith({
      PreEntityImages: [{ key: 'pre', value: secret }],
      PostEntityImages: [{ key: 'post', value: secret }],
      ParentContext: contextWith({ ParentContext: targetOf(secret) }),
    });
    expect(masked(context, 'account.x').text).not.toContain('secret');
  });

  it('that is joined in is hidden under its alias, formatted or not', () => {
    const aliased = { AttributeLogicalName: 'telephone1', EntityLogicalName: 'contact', Value: 'secret' };
    const record = (alias: string) =>
      entity([{ key: alias, value: aliased }], { FormattedValues: [{ key: alias, value: '+secret' }] });
    for (const alias of ['c.telephone1', 'phone']) {
      expect(masked(targetOf(record(alias)), 'contact.telephone1').text).not.toContain('secret');
    }
  });

  it('is hidden in conditions, and in texts that may have one', () => {
    const query = {
      Criteria: { Conditions: [{ AttributeName: 'x', Operator: 0, Values: ['secret', 'secret'] }] },
    };
    const context = contextWith({
      InputParameters: [
        { key: 'Query', value: query },
        { key: 'ByAttribute', value: { Attributes: ['y', 'x'], Values: ['open', 'secret'] } },
        { key: 'Fetch', value: { Query: '<condition attribute="x" value="secret"/>' } },
        { key: 'Found', value: { PagingCookie: '<cookie><x last="secret"/></cookie>', Entities: [] } },
      ],
    });
    const { text } = masked(context, 'account.x');
    expect(text).not.toContain('secret');
    expect(text).toContain('"Values":["open","•••"]');
    expect(JSON.parse(text)).toMatchObject({ InputParameters: { length: 4 } });
  });

  it.each([
    '<fetch><entity name="account"><filter><condition attribute="telephone1" value="secret"/></filter></entity></fetch>',
    '{"telephone1":"secret"}',
    '[{"Telephone1":"secret"}]',
  ])('is hidden with the whole text that is the value of a pair and names it: %s', (value) => {
    const context = contextWith({
      InputParameters: [
        { key: 'FetchXml', value },
        { key: 'Subject', value: 'telephone1 of the secret' },
      ],
    });
    const { text, found } = masked(context, 'account.telephone1');
    expect(text).toContain('{"key":"FetchXml","value":"•••"}');
    expect(text).toContain('telephone1 of the secret');
    expect(found).toEqual(['FetchXml']);
    expect(masked(context, 'account.fax').found).toEqual([]);
  });

  it('can be a parameter', () => {
    const context = contextWith({ InputParameters: [{ key: 'Password', value: 'secret' }] });
    expect(masked(context, 'password').text).not.toContain('secret');
  });

  it('is found behind escapes', () => {
    const text = '{"Attributes":[{"k\\u0065y":"\\u0078","value":"secret"}],"LogicalName":"a"}';
    expect(masked(text, 'a.x').text).toBe(text.replace('secret', maskText));
  });

  it('leaves the very bytes when there is none', () => {
    const body = bytesOf(contextWith());
    expect(maskContext(body, masksOf([])).body).toBe(body);
    expect(masked(JSON.stringify(contextWith()), 'nowhere').text).toBe(JSON.stringify(contextWith()));
  });
});

const columns = ['accountid', 'name', 'id', 'code', 'Target', 'k1'];
const someColumns = fc.subarray(columns, { minLength: 1 });

/** Puts a text that stands nowhere else where a value of these columns stands. */
const withMarks = (value: unknown, names: readonly string[], mark: string): unknown => {
  if (Array.isArray(value)) return value.map((each) => withMarks(each, names, mark));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  const key = record['key'];
  const isMasked = typeof key === 'string' && names.includes(key) && 'value' in record;
  return Object.fromEntries(
    Object.entries(record).map(([name, member]) => [
      name,
      isMasked && name === 'value'
        ? { Value: [mark, { Attributes: [{ key: mark, value: mark }] }] }
        : withMarks(member, names, mark),
    ]),
  );
};

describe('any context (E-7)', () => {
  it('shows no value of a masked column anywhere', () => {
    fc.assert(
      fc.property(anyContext, someColumns, (seed, names) => {
        const context = withMarks(JSON.parse(randomContext(seed).toString()), names, 'planted-mark');
        expect(masked(JSON.stringify(context), ...names).text).not.toContain('planted-mark');
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every other byte, and stays JSON', () => {
    fc.assert(
      fc.property(anyContext, someColumns, (seed, names) => {
        const before = randomContext(seed).toString();
        const { text } = masked(before, ...names);
        expect(() => JSON.parse(text) as unknown).not.toThrow();
        const kept = text.split(JSON.stringify(maskText));
        let rest = before;
        for (const [index, part] of kept.entries()) {
          const at = index === 0 ? 0 : rest.indexOf(part);
          expect(rest.slice(at, at + part.length)).toBe(part);
          rest = rest.slice(at + part.length);
        }
        if (kept.length === 1) expect(text).toBe(before);
        else expect(before.endsWith(kept.at(-1) ?? '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
