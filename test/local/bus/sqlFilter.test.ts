import rhea, { type Message } from 'rhea';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../local/bus/rules/matching.ts';
import { factsOf } from '../../../local/bus/rules/messageFacts.ts';
import { parseSql } from '../../../local/bus/rules/parseSql.ts';
import type { CorrelationFilter } from '../../../local/bus/rules/rule.ts';
import { readMessage } from '../../../local/bus/wire/messageParts.ts';

const { message: rheaMessage, types } = rhea;
const entityName = 'http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName';

const sample = {
  message_id: 'id-1',
  to: 'someone',
  subject: 'Create',
  correlation_id: 'c-1',
  content_type: 'application/json',
  group_id: 's-1',
  application_properties: {
    [entityName]: 'account',
    color: 'red',
    Count: types.wrap_int(7),
    big: types.wrap_long(Buffer.from('0020000000000001', 'hex')),
    half: types.wrap_double(0.5),
    yes: true,
    nothing: null,
    when: types.wrap_timestamp(1000),
    id: types.wrap_uuid(Buffer.from('00112233445566778899aabbccddeeff', 'hex')),
    percent: '50%',
    'two words': 'a]b',
    'with"quote': 'q',
    'sys.trick': 'user',
  },
  body: 'x',
} as unknown as Message;

const facts = (() => {
  const bytes = rheaMessage.encode(sample);
  const { parts, id, sizeBytes } = readMessage(Buffer.from(bytes), () => 'unused');
  return factsOf({
    ...{ parts, id, sizeBytes, sequenceNumber: 12, enqueuedAtMs: 1000 },
    ttlMs: Number.POSITIVE_INFINITY,
    scheduledAtMs: undefined,
  });
})();

const evaluate = (expression: string) => parseSql(expression)(facts);

/** T, F or U for unknown. */
const verdict = (expression: string) => {
  const value = evaluate(expression);
  return value === true ? 'T' : value === false ? 'F' : 'U';
};

describe('a SQL filter', () => {
  it.each<[verdict: 'T' | 'F' | 'U', expressions: string[]]>([
    [
      'T',
      [
        `color = 'red'`,
        `COLOR = 'red'`,
        `user.color = 'red'`,
        `color <> 'blue' AND color != 'green'`,
        `color > 'blue' and color >= 'red' AND color <= 'red' aNd color < 'rex'`,
        `[${entityName}] = 'account'`,
        `"${entityName}" = 'account'`,
        `user.[${entityName}] LIKE 'acc%'`,
        `[two words] = 'a]b'`,
        `"with""quote" = 'q'`,
        `[sys.trick] = 'user'`,
        `yes = TRUE AND yes <> FALSE`,
        `yes`,
        `id = '00112233-4455-6677-8899-aabbccddeeff'`,
        `TRUE`,
        `1=1`,
        `sys.Label = 'Create' AND sys.[subject] = 'Create' AND sys.MessageId = 'id-1'`,
        `sys.CorrelationId = 'c-1' AND sys.To = 'someone' AND sys.ContentType LIKE '%json'`,
        `sys.SessionId = 's-1' AND sys.SequenceNumber = 12 AND sys.EnqueuedTimeUtc = [when]`,
        `property('color') = 'red' AND p('col' + 'or') = 'red' AND newid() <> newid()`,
      ],
    ],
    ['F', [`color = 'Red'`, `1=0`, `count < 7`, `color <> 'red'`]],
    ['U', [`missing = 'x'`, `missing <> 'x'`, `nothing = NULL`, `color = 1`, `yes > 1`, `sys.ReplyTo = 'x'`]],
  ])('is %s of %j', (wanted, expressions) => {
    expect(Object.fromEntries(expressions.map((each) => [each, verdict(each)]))).toEqual(
      Object.fromEntries(expressions.map((each) => [each, wanted])),
    );
  });

  it('calculates as C# does', () => {
    const results: [string, unknown][] = [
      ['1 + 2 * 3', 7n],
      ['(1 + 2) * 3', 9n],
      ['7 / 2', 3n],
      ['-7 / 2', -3n],
      ['-7 % 3', -1n],
      ['7 / 2.0', 3.5],
      ['count + half', 7.5],
      ['- - count', 7n],
      ['+count - 1', 6n],
      ['8 - 4 - 2', 2n],
      ['1.5E2', 150],
      ['9223372036854775807 + 1', -9223372036854775808n],
      ['big + 0', 9007199254740993n],
      [`'a' + 'b'`, 'ab'],
      ['1 / 0', undefined],
      ['1 % 0', undefined],
      ['missing + 1', undefined],
      [`'a' - 1`, undefined],
      [`-'a'`, undefined],
    ];
    expect(results.map(([expression]) => [expression, evaluate(expression)])).toEqual(results);
  });

  it('compares integers with doubles', () => {
    expect(['count = 7.0', 'count > 6.5', 'half < 1', 'big > 9007199254740992'].map(verdict)).toEqual([
      ...['T', 'T', 'T', 'T'],
    ]);
  });

  it('knows three truth values', () => {
    const [t, f, u] = ['1=1', '1=0', 'missing=1'];
    const table = (operator: string) =>
      [t, f, u].map((left) => [t, f, u].map((right) => verdict(`${left} ${operator} ${right}`)).join(''));
    expect(table('AND')).toEqual(['TFU', 'FFF', 'UFU']);
    expect(table('OR')).toEqual(['TTT', 'TFU', 'TUU']);
    expect([t, f, u].map((operand) => verdict(`NOT ${operand}`))).toEqual(['F', 'T', 'U']);
  });

  it('binds NOT stronger than AND, and AND stronger than OR', () => {
    expect(verdict('1=1 OR 1=1 AND 1=0')).toBe('T');
    expect(verdict('(1=1 OR 1=1) AND 1=0')).toBe('F');
    expect(verdict('NOT 1=0 AND 1=0')).toBe('F');
    expect(verdict('NOT (1=0 AND 1=0)')).toBe('T');
    expect(verdict('NOT NOT 1=1')).toBe('T');
  });

  it('tests for null and for existence', () => {
    const cases = {
      'missing IS NULL': 'T',
      'nothing IS NULL': 'T',
      'color IS NULL': 'F',
      'color IS NOT NULL': 'T',
      'missing IS NOT NULL': 'F',
      'EXISTS(color)': 'T',
      'EXISTS(nothing)': 'T',
      'EXISTS(missing)': 'F',
      'NOT EXISTS(missing)': 'T',
      'exists([two words])': 'T',
      'EXISTS(sys.MessageId)': 'T',
      'EXISTS(sys.ReplyTo)': 'F',
    };
    expect(Object.fromEntries(Object.keys(cases).map((each) => [each, verdict(each)]))).toEqual(cases);
  });

  it('looks into lists', () => {
    const cases = {
      "color IN ('blue', 'red')": 'T',
      "color IN ('blue')": 'F',
      "color NOT IN ('blue')": 'T',
      'count IN (1, 2 + 5)': 'T',
      "missing IN ('x')": 'U',
      "missing NOT IN ('x')": 'U',
      "color IN (missing, 'blue')": 'F',
    };
    expect(Object.fromEntries(Object.keys(cases).map((each) => [each, verdict(each)]))).toEqual(cases);
  });

  it('matches patterns', () => {
    const cases = {
      "color LIKE 'r%'": 'T',
      "color LIKE 'r_d'": 'T',
      "color LIKE 'r_'": 'F',
      "color LIKE 'R%'": 'F',
      "color NOT LIKE 'b%'": 'T',
      "percent LIKE '50!%' ESCAPE '!'": 'T',
      "percent LIKE '5!%' ESCAPE '!'": 'F',
      "color LIKE '.*'": 'F',
      "'a\nb' LIKE 'a%b'": 'T',
      "missing LIKE 'x'": 'U',
      "missing NOT LIKE 'x'": 'U',
      "count LIKE '7'": 'U',
    };
    expect(Object.fromEntries(Object.keys(cases).map((each) => [each, verdict(each)]))).toEqual(cases);
  });

  it.each([
    ['a =', 'it ends too early'],
    ['a = 1 b', "something left over: 'b'"],
    ['(a = 1', "')' was expected, not 'the end'"],
    ['a NOT 1', "'IN' or 'LIKE' was expected"],
    ['a IN 1', "'(' was expected, not '1'"],
    ['a = ; b', 'something unknown at position 4'],
    ["a = 'open", 'something unknown at position 4'],
    ['sys.Nonsense = 1', "no system property 'sys.Nonsense'"],
    ['other.a = 1', "'other' is no scope"],
    ['length(a) = 1', "no function 'length'"],
    ['EXISTS(1)', 'the name of a property was expected'],
    ['AND', "a value was expected, not 'AND'"],
    ['', 'it ends too early'],
  ])('refuses %j', (expression, words) => {
    expect(() => parseSql(expression)).toThrow(words);
  });

  it('may have 1024 characters', () => {
    const ofLength = (length: number) => () =>
      compileRules([{ name: 'r', filter: { type: 'sql', expression: `'${'x'.repeat(length - 2)}'` } }]);
    expect(ofLength(1024)).not.toThrow();
    expect(ofLength(1025)).toThrow('longer than 1024 characters');
  });
});

describe('a correlation filter', () => {
  const matches = (filter: Omit<CorrelationFilter, 'type'>) =>
    compileRules([{ name: 'r', filter: { type: 'correlation', ...filter } }])(facts);

  it('wants every property equal', () => {
    expect(matches({ messageId: 'id-1', correlationId: 'c-1', to: 'someone', subject: 'Create' })).toBe(true);
    expect(matches({ contentType: 'application/json', sessionId: 's-1' })).toBe(true);
    expect(matches({ subject: 'create' })).toBe(false);
    expect(matches({ subject: 'Create', replyTo: 'x' })).toBe(false);
  });

  it('compares application properties by value and type', () => {
    expect(matches({ applicationProperties: { color: 'red', count: 7, half: 0.5, yes: true } })).toBe(true);
    expect(matches({ applicationProperties: { count: '7' } })).toBe(false);
    expect(matches({ applicationProperties: { color: 'red', missing: 'x' } })).toBe(false);
  });
});
