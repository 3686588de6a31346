import { describe, expect, it } from 'vitest';
import { readNote } from '../../../shared/api/readNote.ts';

const read = (value: unknown) => readNote(typeof value === 'string' ? value : JSON.stringify(value));

describe('the note of a group (L-7)', () => {
  it('is kept as one line without control characters', () => {
    expect(read({ text: ' first\r\nsecond\u0000\u001b[31m ' })).toEqual({
      kind: 'read',
      text: 'first second\uFFFD\uFFFD[31m',
    });
  });

  it('is removed by an empty text', () => {
    expect(read({ text: '' })).toEqual({ kind: 'read', text: '' });
    expect(read({ text: ' \n ' })).toEqual({ kind: 'read', text: '' });
  });

  it('has a thousand characters at most', () => {
    expect(read({ text: 'x'.repeat(1000) }).kind).toBe('read');
    expect(read({ text: 'x'.repeat(1001) })).toMatchObject({
      faults: [expect.stringContaining('1000') as string],
    });
  });

  it.each(['', '{', '[]', 'null', '{}', '{"text":1}', '{"text":"a","by":"b"}'])(
    'is refused as %s',
    (body) => {
      expect(read(body).kind).toBe('faulty');
    },
  );
});
