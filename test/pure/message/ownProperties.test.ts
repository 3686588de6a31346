import { describe, expect, it } from 'vitest';
import { contextEncoder } from '../../../shared/message/encodeContext.ts';
import { buildMessage } from '../../../shared/message/buildMessage.ts';
import { isOwnProperty } from '../../../shared/message/ownProperties.ts';
import { sentProperties } from '../../../shared/message/sentMessage.ts';
import { bytesOf, contextWith } from '../../support/contexts.ts';
import { jobWith } from '../../support/jobs.ts';
import { endpointWith } from '../../support/posting.ts';

const target = { Attributes: [{ key: 'telephone1', value: '555' }], LogicalName: 'account' };
const body = bytesOf(contextWith({ InputParameters: [{ key: 'Target', value: target }] }));

const job = jobWith(
  {},
  {
    organization: 'contoso.crm.dynamics.com',
    userObjectId: 'u',
    initiatingUserObjectId: 'i',
    initiatingUserAgent: 'agent',
    correlationId: 'c',
    sizeExceeded: true,
  },
);

const namesOf = (contract: 'queue' | 'rest'): string[] => {
  const endpoint = endpointWith({
    contract,
    aliases: true,
    userClaim: 'userInfo',
    columns: ['telephone1'],
    oversize: 'claimCheck',
  });
  const built = buildMessage(job, body, endpoint, {
    encode: contextEncoder({}),
    referenceOf: (name) => name,
  });
  if (built.kind === 'failed') throw new Error(built.detail);
  return Object.keys(sentProperties(built.message, endpoint));
};

describe('properties of a message (E-5)', () => {
  it("are all the bridge's own but for the columns", () => {
    const names = namesOf('queue');
    expect(names.filter((name) => !isOwnProperty(name))).toEqual(['telephone1']);
    expect(names).toContain('InitiatingUserAgent');
  });

  it("of a relay are all the bridge's own", () => {
    const names = namesOf('rest');
    expect(names.filter((name) => !isOwnProperty(name))).toEqual([]);
    expect(names).toContain('x-ms-correlation-request-id');
  });
});
