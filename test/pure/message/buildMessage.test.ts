import { describe, expect, it } from 'vitest';
import { newJob } from '../../../shared/job/newJob.ts';
import type { ServiceEndpoint } from '../../../shared/endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { buildMessage } from '../../../shared/message/buildMessage.ts';
import { bytesOf, jsonHeaders, notificationWith } from '../../support/contexts.ts';
import { acceptedAt } from '../../support/jobs.ts';
import { endpointWith, messageTools } from '../../support/posting.ts';

const claim = (name: string) => `http://schemas.microsoft.com/xrm/2011/Claims/${name}`;

const built = (job: SystemJob, body: Uint8Array, endpoint: ServiceEndpoint) => {
  const result = buildMessage(job, body, endpoint, messageTools);
  if (result.kind === 'failed') throw new Error(`There is no message: ${result.detail}`);
  return result;
};

const messageOf = (
  members: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  endpoint = endpointWith(),
) => {
  const notification = notificationWith(members, { ...jsonHeaders, ...headers });
  return built(newJob(notification, acceptedAt), notification.body, endpoint).message;
};

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the message of a job', () => {
  it('has the received bytes as its body (M-1)', () => {
    const body = bytesOf('{"a":1.10}');
    const job = newJob(notificationWith(), acceptedAt);
    const { message, stripped } = built(job, body, endpointWith());
    expect(message.body).toBe(body);
    expect(message.contentType).toBe('application/json');
    expect(stripped).toEqual([]);
  });

  it("carries the job's id and the context's correlation (M-2, M-3)", () => {
    const message = messageOf();
    expect(message.messageId).toMatch(/^[0-9a-z]{9}-[0-9a-f]{32}$/);
    expect(message.correlationId).toBe('0f4b8a52-7c3e-4d1f-8a7b-1c2d3e4f5a6b');
  });

  it('carries the claims of Dataverse (M-4)', () => {
    const organization = { 'x-ms-dynamics-organization': 'fabrikam.crm4.dynamics.com' };
    expect(messageOf({}, { ...organization, traceparent }).applicationProperties).toEqual({
      traceparent,
      'Diagnostic-Id': traceparent,
      [claim('Organization')]: 'https://fabrikam.crm4.dynamics.com/',
      [claim('User')]: 'a1a1a1a1-0000-4000-8000-000000000002',
      [claim('InitiatingUser')]: 'a1a1a1a1-0000-4000-8000-000000000001',
      [claim('EntityLogicalName')]: 'account',
      [claim('RequestName')]: 'Create',
      [claim('InitiatingUserAgent')]: 'Tests',
    });
  });

  it('leaves out what is not known (M-4)', () => {
    const unknown = { OrganizationName: null, UserId: null, InitiatingUserId: null, InitiatingUserAgent: '' };
    expect(Object.keys(messageOf(unknown).applicationProperties)).toEqual([
      claim('EntityLogicalName'),
      claim('RequestName'),
      'traceparent',
      'Diagnostic-Id',
    ]);
  });

  it('keeps an organization that is a URI already', () => {
    const properties = messageOf(
      {},
      { 'x-ms-dynamics-organization': 'https://x.example/' },
    ).applicationProperties;
    expect(properties[claim('Organization')]).toBe('https://x.example/');
  });

  it('names no user when the endpoint does not want it (M-4)', () => {
    const properties = messageOf({}, {}, endpointWith({ userClaim: 'none' })).applicationProperties;
    expect(properties).not.toHaveProperty([claim('User')]);
    expect(properties).not.toHaveProperty([claim('InitiatingUser')]);
  });

  it('says when Dataverse had to cut the context (M-5)', () => {
    expect(messageOf().applicationProperties).not.toHaveProperty(['MessageMaxSizeExceeded']);
    const cut = messageOf({}, { 'x-ms-dynamics-msg-size-exceeded': 'true' });
    expect(cut.applicationProperties['MessageMaxSizeExceeded']).toBe(true);
  });

  it('has a second property for each claim where the endpoint wants aliases', () => {
    expect(messageOf({}, {}, endpointWith({ aliases: true })).applicationProperties).toMatchObject({
      [claim('RequestName')]: 'Create',
      RequestName: 'Create',
    });
  });

  it('carries the columns that the endpoint promotes', () => {
    const properties = messageOf(
      {},
      {},
      endpointWith({ columns: ['name', 'revenue'] }),
    ).applicationProperties;
    expect(properties).toMatchObject({ name: 'Fabrikam' });
    expect(properties).not.toHaveProperty('revenue');
  });

  it('keeps what it says of itself where a column has the same name', () => {
    const target = { Attributes: [{ key: 'traceparent', value: 'mine' }] };
    const members = { InputParameters: [{ key: 'Target', value: target }] };
    const { applicationProperties } = messageOf(
      members,
      { traceparent },
      endpointWith({ columns: ['traceparent'] }),
    );
    expect(applicationProperties['traceparent']).toBe(traceparent);
  });

  it('has a session, a time to live and a delay only where the endpoint says so', () => {
    const options = ['sessionId', 'partitionKey', 'timeToLiveMs', 'delayMs'];
    for (const option of options) expect(messageOf()).not.toHaveProperty(option);
    const endpoint = endpointWith({ session: 'table', timeToLiveSeconds: 90, delaySeconds: 2 });
    expect(messageOf({}, {}, endpoint)).toMatchObject({
      sessionId: 'account',
      timeToLiveMs: 90_000,
      delayMs: 2000,
    });
  });

  it('has a partition key for an Event Hub, that of the record unless the endpoint says otherwise', () => {
    const hub = endpointWith({ contract: 'eventHub' });
    expect(messageOf({}, {}, hub).partitionKey).toBe('c0ffee00-0000-4000-8000-000000000001');
    expect(messageOf({}, {}, { ...hub, partitionKey: 'table' }).partitionKey).toBe('account');
  });

  it('is the same on every attempt (M-2)', () => {
    const job = newJob(notificationWith(), acceptedAt);
    const body = bytesOf('{}');
    expect(buildMessage({ ...job, attemptCount: 5 }, body, endpointWith(), messageTools)).toEqual(
      buildMessage(job, body, endpointWith(), messageTools),
    );
  });

  it('does not exist where the context is over the bound and the endpoint fails such', () => {
    const job = newJob(notificationWith(), acceptedAt);
    const large = bytesOf({ InputParameters: 'x'.repeat(200_000) });
    expect(buildMessage(job, large, endpointWith({ oversize: 'fail' }), messageTools)).toMatchObject({
      kind: 'failed',
      code: 'ContextTooLarge',
    });
  });

  it('does not exist where it is larger than the tier takes', () => {
    const job = newJob(notificationWith(), acceptedAt);
    const large = bytesOf({ InputParameters: 'x'.repeat(300_000) });
    expect(buildMessage(job, large, endpointWith({ oversize: 'keep' }), messageTools)).toMatchObject({
      kind: 'failed',
      code: 'MessageTooLarge',
    });
    const premium = endpointWith({ oversize: 'keep', tier: 'premium' });
    expect(built(job, large, premium).message.body).toBe(large);
  });
});
