import { describe, expect, it } from 'vitest';
import { jobDetail } from '../../../shared/api/jobJson.ts';
import { supportBundle, type BundleFacts } from '../../../shared/api/supportBundle.ts';
import { noMasks } from '../../../shared/context/masks.ts';
import { failureCatalogue } from '../../../shared/delivery/failureCatalogue.ts';
import { claimName } from '../../../shared/message/claims.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { withoutSecrets } from '../../../shared/text/withoutSecrets.ts';
import { acceptedAt, jobWith } from '../../support/jobs.ts';
import { endpointWith } from '../../support/posting.ts';

const factsWith = (changes: Partial<SystemJob> = {}, more: Partial<BundleFacts> = {}): BundleFacts => ({
  job: jobDetail(jobWith({}, changes), endpointWith().retry, noMasks),
  endpoint: endpointWith(),
  endpointState: undefined,
  health: { status: 'degraded', reasons: ['The sweeper stands still.'] },
  appVersion: '1.2.3',
  nodeVersion: 'v22.0.0',
  settings: { AzureWebJobsStorage: 'set', ServiceBusConnection: 'not set' },
  ...more,
});

const bundleOf = (facts: BundleFacts) => supportBundle(facts, acceptedAt, withoutSecrets);

describe('a support bundle (E-5)', () => {
  it('is a file named after the job, with what is known of it', () => {
    const facts = factsWith({ code: 'Busy', errorCode: 1 });
    const { headers, body } = bundleOf(facts);
    expect(headers['content-disposition']).toBe(`attachment; filename="support-${facts.job.id}.json"`);
    expect(JSON.parse(body)).toEqual({
      producedOn: acceptedAt.toISOString(),
      app: { version: '1.2.3', nodeVersion: 'v22.0.0', settings: facts.settings },
      job: JSON.parse(JSON.stringify(facts.job)) as unknown,
      failure: { code: 'Busy', ...failureCatalogue.Busy },
      endpoint: endpointWith(),
      endpointState: null,
      health: facts.health,
    });
  });

  it('says null for what there is not', () => {
    const { body } = bundleOf(factsWith({}, { endpoint: undefined }));
    expect(JSON.parse(body)).toMatchObject({ failure: null, endpoint: null });
  });

  it('shows no value of a column that went along as a property', () => {
    const evidence = {
      messageId: 'm',
      sha256: 'a',
      bytes: 1,
      contentType: 'application/json',
      identity: 'a key',
      brokerAnswer: undefined,
      properties: {
        [claimName('RequestName')]: 'Create',
        traceparent: '00-1',
        'x-ms-dynamics-request-name': 'Create',
        telephone1: '555',
        revenue: 4711,
      },
    };
    const attempt = { attempt: 1, startedOn: '', durationMs: 1, outcome: 'delivered', evidence } as const;
    const { body } = bundleOf(factsWith({ attempts: [attempt, { ...attempt, evidence: undefined }] }));
    const { job } = JSON.parse(body) as { job: { attempts: { properties?: unknown }[] } };
    expect(job.attempts[0]?.properties).toEqual({
      ...evidence.properties,
      telephone1: '•••',
      revenue: '•••',
    });
    expect(job.attempts[1]).not.toHaveProperty('properties');
  });

  it('has no secret that somebody wrote into a text, wherever it stands (E-6)', () => {
    const planted = 'planted-0123456789';
    const facts = factsWith(
      {
        message: `SharedAccessKey=${planted}`,
        friendlyMessage: `see https://a/?code=${planted}`,
        answer: `{"authorization":"Bearer ${planted}"}`,
        idempotencyKey: `sig=${planted}`,
        attempts: [
          { attempt: 1, startedOn: '', durationMs: 1, outcome: 'retry', detail: `AccountKey=${planted}` },
        ],
        actions: [{ action: 'retry', on: '', by: 'a', reason: `password: ${planted}` }],
      },
      {
        endpoint: endpointWith({ connection: `Endpoint=sb://a/;SharedAccessKey=${planted}` }),
        health: { [`?code=${planted}`]: { reasons: [`sb-hc-token=${planted}`] } },
      },
    );
    expect(JSON.stringify(facts).split(planted)).toHaveLength(10);
    expect(bundleOf(facts).body).not.toContain(planted);
  });
});
