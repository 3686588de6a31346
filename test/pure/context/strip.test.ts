import { describe, expect, it } from 'vitest';
import { ContextError } from '../../../shared/context/contextError.ts';
import { strip } from '../../../shared/context/strip.ts';

const stripped = (json: string, names?: readonly string[]): readonly [string, readonly string[]] => {
  const { body, removed } = strip(Buffer.from(json), names);
  return [Buffer.from(body).toString('utf8'), removed];
};

describe('stripping a body', () => {
  it.each([
    ['in the middle', '{"A":1, "ParentContext" : {"B":[2]} , "C":3}', '{"A":1 , "C":3}'],
    ['first', '{ "InputParameters":[],  "C":3 }', '{ "C":3 }'],
    ['last', '{"C":3,\n"PreEntityImages":[]\n}', '{"C":3\n}'],
    ['alone', '{ "PostEntityImages":null }', '{  }'],
    ['first and second', '{"InputParameters":[],"ParentContext":null,"C":3}', '{"C":3}'],
    ['last and last but one', '{"C":"x","ParentContext":"}","PreEntityImages":[]}', '{"C":"x"}'],
    ['around a kept one', '{"InputParameters":1,"C":2,"ParentContext":3}', '{"C":2}'],
  ])('cuts a member that stands %s, with one comma', (_, body, left) => {
    expect(stripped(body)[0]).toBe(left);
  });

  it('leaves every other byte as received', () => {
    const kept = '{"Money": 1.0000000000,"s":"\\/\\u00e9é\\ud83d","n":9007199254740993 ,"__type":"x"';
    expect(stripped(`${kept},"ParentContext":{"InputParameters":[]}}`)[0]).toBe(`${kept}}`);
  });

  it('says which members it removed, in the order of the body', () => {
    expect(stripped('{"PreEntityImages":[],"A":{"ParentContext":1},"InputParameters":[]}')).toEqual([
      '{"A":{"ParentContext":1}}',
      ['PreEntityImages', 'InputParameters'],
    ]);
  });

  it('drops a nested ParentContext with the one around it', () => {
    const [left, removed] = stripped('{"A":1,"ParentContext":{"ParentContext":{"InputParameters":[]}}}');
    expect([left, removed]).toEqual(['{"A":1}', ['ParentContext']]);
  });

  it('knows a member whose name is escaped', () => {
    expect(stripped('{"Parent\\u0043ontext":1,"B":2}')).toEqual(['{"B":2}', ['ParentContext']]);
  });

  it('returns the very body when nothing is to be removed', () => {
    const body = Buffer.from(' {"A":1} ');
    expect(strip(body).body).toBe(body);
    expect(strip(body).removed).toEqual([]);
  });

  it('keeps a byte order mark and what is no object', () => {
    expect(stripped('\ufeff{"A":1,"ParentContext":2}')[0]).toBe('\ufeff{"A":1}');
    expect(stripped('[{"ParentContext":2}]')).toEqual(['[{"ParentContext":2}]', []]);
  });

  it('refuses a body that is not JSON', () => {
    expect(() => strip(Buffer.from('{"A":1'))).toThrow(ContextError);
  });
});
