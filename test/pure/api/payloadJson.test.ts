import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { payloadJson } from '../../../shared/api/payloadJson.ts';
import { masksOf } from '../../../shared/context/masks.ts';
import type { HintsMap } from '../../../shared/context/write/hints.ts';
import { readContext } from '../../../shared/context/read/readContext.ts';
import type { ServiceEndpoint } from '../../../shared/endpoint/serviceEndpoint.ts';
import { newJob } from '../../../shared/job/newJob.ts';
import { contextEncoder } from '../../../shared/message/encodeContext.ts';
import { bytesOf, contextWith, read } from '../../support/contexts.ts';
import { acceptedAt } from '../../support/jobs.ts';
import { endpointWith, messageTools } from '../../support/posting.ts';

interface Shown {
  readonly context: unknown;
  readonly contextText?: string;
  readonly masked: readonly string[];
  readonly message: Readonly<Record<string, unknown>> & { readonly fault?: Record<string, unknown> };
}

interface Wish {
  readonly endpoint?: Partial<ServiceEndpoint> | null;
  readonly masked?: readonly string[];
  readonly hints?: HintsMap;
}

const shownText = (text: string, { endpoint = {}, masked = [], hints = {} }: Wish = {}): string => {
  const notification = read(bytesOf(text));
  if ('kind' in notification) throw new Error(`Refused: ${notification.detail}`);
  return payloadJson(
    newJob(notification, acceptedAt),
    bytesOf(text),
    endpoint === null ? undefined : endpointWith(endpoint),
    {
      tools: { ...messageTools, encode: contextEncoder(hints) },
      masks: masksOf(masked),
      encodeMasked: contextEncoder({}),
    },
  );
};

const shown = (text: string, wish?: Wish): Shown => JSON.parse(shownText(text, wish)) as Shown;

const targetWith = (...attributes: readonly unknown[]) =>
  JSON.stringify(
    contextWith({
      InputParameters: [
        {
          key: 'Target',
          value: {
            __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
            Attributes: attributes,
            LogicalName: 'account',
          },
        },
      ],
    }),
  );

const plain = JSON.stringify(contextWith());

describe('what a job carries (E-4)', () => {
  it('is the context and the message as it would be sent now', () => {
    const { context, masked, message } = shown(plain);
    expect(context).toEqual(contextWith());
    expect(masked).toEqual([]);
    expect(message).toMatchObject({
      format: 'json',
      contentType: 'application/json',
      encoding: 'utf8',
      body: plain,
      bytes: plain.length,
      sha256: createHash('sha256').update(plain).digest('hex'),
      properties: { 'http://schemas.microsoft.com/xrm/2011/Claims/RequestName': 'Create' },
    });
  });

  it.each(['100.0000', '9223372036854775807', '1e400', '-0', '0.1234567890123456789'])(
    'keeps the number %s, and gives the text too',
    (number) => {
      const text = targetWith({ key: 'x', value: 'NUMBER' }).replace('"NUMBER"', number);
      const answer = shownText(text);
      expect(answer.startsWith(`{"context":${text},`)).toBe(true);
      expect((JSON.parse(answer) as Shown).contextText).toBe(text);
    },
  );

  it('says nothing twice when no number can be misread', () => {
    expect(shown(targetWith({ key: 'x', value: 1.5 }))).not.toHaveProperty('contextText');
  });

  it('is shown without a byte order mark', () => {
    expect(shown(`\uFEFF${plain}`).context).toEqual(contextWith());
  });

  it.each(['xml', 'binary'] as const)('reads in format %s as the context does, masked', (messageFormat) => {
    const text = targetWith({ key: 'phone', value: '555-1234' }, { key: 'name', value: 'Fabrikam' });
    const { message } = shown(text, { endpoint: { messageFormat }, masked: ['phone'] });
    const encoding = messageFormat === 'binary' ? 'base64' : 'utf8';
    expect(message['encoding']).toBe(encoding);
    const body = Buffer.from(String(message['body']), encoding);
    const masked = text.replace('555-1234', '•••');
    expect(readContext(body, messageFormat)).toEqual(readContext(Buffer.from(masked), 'json'));
  });

  it('is shown masked where a hint says that the column is no text', () => {
    const text = targetWith({ key: 'creditlimit', value: 5000 });
    const wish = { masked: ['creditlimit'], hints: { 'account.creditlimit': 'money' } } as const;
    const { message } = shown(text, { ...wish, endpoint: { messageFormat: 'xml' } });
    expect(message['body']).toContain('•••');
    expect(message['body']).not.toContain('5000');
  });

  it('is cut as the message is, even if it would fit with its values masked', () => {
    const text = targetWith({ key: 'description', value: 'x'.repeat(200_000) });
    const { message } = shown(text, { masked: ['description'] });
    expect(message['stripped']).toEqual(['InputParameters']);
    expect(String(message['body'])).not.toContain('InputParameters');
  });

  it('says why there can be no message', () => {
    const mixed = JSON.stringify(contextWith({ SharedVariables: [{ key: 'k', value: [1, 'two'] }] }));
    const { message, context } = shown(mixed, { endpoint: { messageFormat: 'xml' } });
    expect(context).toEqual(JSON.parse(mixed));
    expect(message.fault).toMatchObject({
      code: 'ContextUnusable',
      detail: expect.stringContaining('/SharedVariables/0/value'),
      advice: expect.any(String),
    });
    expect(shown(plain, { endpoint: null }).message.fault).toMatchObject({ code: 'EndpointNotConfigured' });
  });

  it('that cannot be masked is not shown (E-7)', () => {
    const twice = plain.replace('{', '{"Depth":1,');
    expect(shown(twice).context).toEqual(contextWith());
    const { context, message } = shown(twice, { masked: ['phone'] });
    expect(context).toBeNull();
    expect(message.fault).toMatchObject({ code: 'ContextUnusable' });
    expect(JSON.stringify(message)).not.toContain('Fabrikam');
  });
});
