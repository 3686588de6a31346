import { describe, expect, it } from 'vitest';
import { newJob } from '../../../shared/job/newJob.ts';
import { buildMessage } from '../../../shared/message/buildMessage.ts';
import { bytesOf, jsonHeaders, notificationWith } from '../../support/contexts.ts';
import { acceptedAt } from '../../support/jobs.ts';
import { endpointWith } from '../../support/posting.ts';

const claim = (name: string) => `http://schemas.microsoft.com/xrm/2011/Claims/${name}`;

const messageOf = (
  members: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  endpoint = endpointWith(),
) => {
  const notification = notificationWith(members, { ...jsonHeaders, ...headers });
  return buildMessage(newJob(notification, acceptedAt), notification.body, endpoint);
};

describe('the message of a job', () => {
  it('has the received bytes as its body (M-1)', () => {
    const body = bytesOf('{"a":1.10}');
    const job = newJob(notificationWith(), acceptedAt);
    expect(buildMessage(job, body, endpointWith()).body).toBe(body);
    expect(buildMessage(job, body, endpointWith()).contentType).toBe('application/json');
  });

  it("carries the job's id and the context's correlation (M-2, M-3)", () => {
    const message = messageOf();
    expect(message.messageId).toMatch(/^[0-9a-z]{9}-[0-9a-f]{32}$/);
    expect(message.correlationId).toBe('0f4b8a52-7c3e-4d1f-8a7b-1c2d3e4f5a6b');
  });

  it('carries the claims of Dataverse (M-4)', () => {
    expect(
      messageOf({}, { 'x-ms-dynamics-organization': 'fabrikam.crm4.dynamics.com' }).applicationProperties,
    ).toEqual({
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
});
