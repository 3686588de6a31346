import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUrl, resolveTarget } from '../../../cli/http/target.ts';
import { exitCodes } from '../../../cli/exitCodes.ts';

const local = { baseUrl: 'http://127.0.0.1:7099', functionKey: 'local-key' };

const refusalOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

describe('the address of the app', () => {
  it.each([
    ['https://bridge.azurewebsites.net', 'https://bridge.azurewebsites.net'],
    ['https://bridge.azurewebsites.net/', 'https://bridge.azurewebsites.net'],
    ['https://bridge.azurewebsites.net/api/', 'https://bridge.azurewebsites.net'],
    ['https://gateway.example/bridge', 'https://gateway.example/bridge'],
    ['http://localhost:7071', 'http://localhost:7071'],
    ['http://127.0.0.1:7071/api', 'http://127.0.0.1:7071'],
    ['http://[::1]:7071', 'http://[::1]:7071'],
  ])('is read from %s', (text, expected) => {
    expect(readUrl(text)).toBe(expected);
  });

  it.each([
    'bridge.azurewebsites.net',
    '',
    'ftp://bridge.example',
    'http://bridge.example',
    'http://127.0.0.1.example',
    'https://user:secret@bridge.example',
    'https://bridge.example/?code=secret',
    'https://bridge.example/api/page/#key=secret',
  ])('is refused in a sentence without its secrets when it is "%s"', (text) => {
    expect(refusalOf(() => readUrl(text))).toMatchObject({
      exitCode: exitCodes.usage,
      message: expect.not.stringContaining('secret') as string,
    });
  });

  it('is refused in a sentence, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = refusalOf(() => readUrl(text));
        expect(typeof read === 'string' || (read as { exitCode: number }).exitCode === 2).toBe(true);
      }),
    );
  });
});

describe('the app that is meant', () => {
  it('is the one of npm start, with its key, when nothing is said', () => {
    expect(resolveTarget({}, {}, local)).toEqual({
      baseUrl: 'http://127.0.0.1:7099',
      key: 'local-key',
      token: undefined,
    });
  });

  it('is the port of npm start without a key when none was started', () => {
    expect(resolveTarget({}, {}, undefined)).toEqual({
      baseUrl: 'http://127.0.0.1:7071',
      key: undefined,
      token: undefined,
    });
  });

  it('is taken from flags before the environment', () => {
    const environment = { BRIDGE_URL: 'https://one.example', BRIDGE_KEY: 'one', BRIDGE_TOKEN: 'three' };
    expect(resolveTarget({}, environment, local)).toEqual({
      baseUrl: 'https://one.example',
      key: 'one',
      token: 'three',
    });
    expect(
      resolveTarget({ url: 'https://two.example', key: 'two', token: 'four' }, environment, local),
    ).toEqual({ baseUrl: 'https://two.example', key: 'two', token: 'four' });
  });

  it('never gets the key of the local platform when it is another', () => {
    expect(resolveTarget({ url: 'https://two.example' }, {}, local).key).toBeUndefined();
    expect(resolveTarget({ url: 'http://127.0.0.1:7098' }, {}, local).key).toBeUndefined();
    expect(resolveTarget({ url: 'http://127.0.0.1:7099/api' }, {}, local).key).toBe('local-key');
  });

  it.each(['two words', 'line\nbreak', 'schlüssel'])('refuses the key "%s" without printing it', (key) => {
    expect(refusalOf(() => resolveTarget({ key }, {}, undefined))).toMatchObject({
      exitCode: exitCodes.usage,
      message: expect.not.stringContaining(key) as string,
    });
  });
});
