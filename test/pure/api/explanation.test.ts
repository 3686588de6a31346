import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { explanation } from '../../../shared/api/explanation.ts';
import { newJob } from '../../../shared/job/newJob.ts';
import type { ServiceEndpoint } from '../../../shared/endpoint/serviceEndpoint.ts';
import { notificationWith } from '../../support/contexts.ts';
import { acceptedAt, hours, later } from '../../support/jobs.ts';
import { endpointWith, messageTools, noFilter } from '../../support/posting.ts';

const notification = notificationWith();
const text = new TextDecoder().decode(notification.body);
const digest = createHash('sha256').update(notification.body).digest('hex');

const explained = (changes: Partial<ServiceEndpoint> = {}, subject = notification) =>
  explanation(subject, endpointWith(changes), {
    tools: messageTools,
    identity: 'SAS policy "sender"',
    now: acceptedAt,
  });

describe('an explanation', () => {
  it('says where the message would go, and who would send it', () => {
    expect(explained()).toMatchObject({
      endpoint: 'orders',
      contract: 'queue',
      path: 'dataverse-events',
      messageFormat: 'json',
      identity: 'SAS policy "sender"',
      filteredOut: null,
      failure: null,
    });
  });

  it('shows the message as it would be sent (R-14)', () => {
    expect(explained({ session: 'table' })).toMatchObject({
      received: { bytes: notification.body.byteLength, sha256: digest },
      maxContextBytes: 196_608,
      message: {
        contentType: 'application/json',
        correlationId: notification.correlationId,
        sessionId: 'account',
        applicationProperties: { 'http://schemas.microsoft.com/xrm/2011/Claims/RequestName': 'Create' },
        stripped: [],
        bodyBytes: notification.body.byteLength,
        bodySha256: digest,
        body: { encoding: 'utf-8', text },
      },
    });
  });

  it('names the job that the same notification would become at this endpoint (A-3)', () => {
    const { id } = newJob(notification, acceptedAt);
    expect(explained()).toMatchObject({ jobId: id, message: { messageId: id } });
    expect(explained({ name: 'other' })).not.toMatchObject({ jobId: id });
  });

  it('says why the endpoint does not want it (R-10)', () => {
    const answer = explained({ filter: { ...noFilter, tables: ['contact'] } });
    expect(answer).toMatchObject({ filteredOut: 'Taken are the tables contact, not account.' });
    expect(answer).not.toHaveProperty('message');
  });

  it('says what the job would fail with', () => {
    const large = notificationWith({ SharedVariables: [{ key: 'a', value: 'x'.repeat(200_000) }] });
    expect(explained({ oversize: 'fail' }, large)).toMatchObject({
      message: null,
      failure: { code: 'ContextTooLarge', outcome: 'fail', errorCode: -2147155448 },
    });
  });

  it('plans the attempts as the retry policy has them, the first one now (T-1, T-2, T-4)', () => {
    const retry = {
      firstDelaySeconds: 60,
      factor: 2,
      longestDelaySeconds: 3600,
      totalHours: 1,
      maxAttempts: 4,
    };
    const planned = explained({ retry })['plannedAttempts'] as Date[];
    const delays = planned.map((date) => Math.round((date.getTime() - acceptedAt.getTime()) / 60_000));
    expect(planned[0]).toEqual(acceptedAt);
    expect(delays).toEqual([0, 1, 3, 7]);
    for (const date of planned) expect(date <= later(acceptedAt, hours(1))).toBe(true);
  });

  it('plans one attempt where there is no second', () => {
    const retry = { ...endpointWith().retry, maxAttempts: 1 };
    expect(explained({ retry })['plannedAttempts']).toEqual([acceptedAt]);
  });

  it('can be written as JSON', () => {
    expect(JSON.parse(JSON.stringify(explained()))).toMatchObject({ jobId: expect.any(String) as string });
  });
});

describe('an explanation of a relay endpoint', () => {
  it('shows the request that its message becomes, without a token (R-14)', () => {
    expect(explained({ contract: 'oneWay', path: 'orders' })).toMatchObject({
      request: {
        method: 'POST',
        path: '/orders',
        headers: { 'content-type': 'application/json', 'x-ms-dynamics-request-name': 'Create' },
        bodyBytes: notification.body.byteLength,
      },
    });
    const soap = explained({ contract: 'twoWay', path: 'orders', listener: 'wcf', messageFormat: 'xml' });
    expect(JSON.stringify(soap['request'])).toContain('ITwoWayServiceEndpointPlugin/Execute');
    expect(JSON.stringify(soap)).not.toContain('RelayAccessToken');
    expect(explained()).not.toHaveProperty('request');
  });
});
