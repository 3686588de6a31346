import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type RelayListener } from '../../local/relay/listener/listen.ts';
import { storable, wellFormed } from '../../shared/text/wellFormed.ts';
import { contextWith, operation } from '../support/contexts.ts';
import { hostileTexts } from '../support/hostile.ts';
import { quickRetry, startApp, type RunningApp } from '../support/runningApp.ts';

/** Every place where callers, brokers and listeners can write something that people are shown later (E-8). */
let app: RunningApp;
let listener: RelayListener;
beforeAll(async () => {
  app = await startApp({
    endpointsFile: JSON.stringify({
      endpoints: [
        {
          name: 'orders',
          contract: 'queue',
          connection: 'ServiceBusConnection',
          path: 'q',
          retry: quickRetry,
        },
        { name: 'rest', contract: 'rest', connection: 'RelayConnection', path: 'r', retry: quickRetry },
      ],
    }),
    queues: [{ name: 'q' }],
    relays: [{ name: 'r', kind: 'hybridConnection' }],
  });
  listener = await listen({
    connectionString: app.connections.relay,
    path: 'r',
    onRequest: ({ body }) => ({ headers: { 'Content-Type': 'text/html' }, body: textIn(body) }),
  });
});
afterAll(async () => {
  await listener.close();
  await app.stop();
});

const longestName = 256;

const contextOf = (text: string, n: number) => {
  const name = text.slice(0, longestName);
  return contextWith({
    ...operation(n, Date.now()),
    InitiatingUserAgent: name,
    OrganizationName: name,
    OwningExtension: { LogicalName: name, Name: name },
    MessageName: name,
    PrimaryEntityName: name,
    SharedVariables: [{ key: text, value: text }],
  });
};

/** The listener answers with what the context says. */
const textIn = (body: Buffer): string => (JSON.parse(body.toString()) as { MessageName: string }).MessageName;

const expectInert = async (response: Response): Promise<unknown> => {
  expect(response.headers.get('content-type')).toMatch(/^application\/(problem\+)?json; charset=utf-8$/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  return JSON.parse(await response.text());
};

describe('hostile texts (E-8)', () => {
  it('of callers and listeners are answered as JSON, in every view of the job', async () => {
    const ids = new Map<string, string>();
    for (const [n, text] of hostileTexts.entries()) {
      const body = JSON.stringify(contextOf(text, n));
      ids.set(text, await app.accept(body, { endpoint: 'rest', headers: { prefer: 'wait=0' } }));
    }
    for (const [text, id] of ids) {
      const { answer, attempts } = await app.until(id, 'Succeeded');
      expect(answer).toBe(storable(text.slice(0, longestName)));
      expect(attempts[0]?.brokerAnswer).toMatch(/^200/);
      const payload = await expectInert(await app.get(`/api/jobs/${id}/payload`));
      expect(payload).toMatchObject({ context: { MessageName: text.slice(0, longestName) } });
      for (const path of [`/api/jobs/${id}`, `/api/jobs/${id}/bundle`])
        await expectInert(await app.get(path));
    }
    await expectInert(await app.get('/api/jobs?top=200'));
  });

  it('of a broker are answered as JSON, as the failure of an attempt', async () => {
    const descriptions = hostileTexts.map((text) => wellFormed(text.slice(0, 500)));
    for (const [n, description] of descriptions.entries()) {
      const rule = { where: 'transfer', what: 'reject', condition: 'amqp:not-allowed', description } as const;
      await app.bus.control.putFaults([rule]);
      const id = await app.accept(JSON.stringify(contextWith(operation(1000 + n, Date.now()))));
      const { message, attempts } = await app.until(id, 'Failed');
      expect(message).toContain('InvalidOperationError');
      expect(attempts[0]?.brokerAnswer).toMatch(/^amqp:not-allowed: /);
      await expectInert(await app.get(`/api/jobs/${id}`));
    }
  });

  it('in a request come back, if at all, as JSON', async () => {
    const id = await app.accept(JSON.stringify(contextWith(operation(2000, Date.now()))));
    await app.until(id, 'Succeeded');
    for (const text of hostileTexts.map((each) => wellFormed(each.slice(0, 400)))) {
      const part = encodeURIComponent(text);
      await expectInert(await app.get(`/api/jobs?status=${part}`));
      await expectInert(await app.get(`/api/jobs?${part}=1`));
      await expectInert(await app.act(id, 'cancel', { reason: text }));
      await expectInert(await app.notify(JSON.stringify({ [text]: text, MessageName: 1 })));
    }
  });
});
