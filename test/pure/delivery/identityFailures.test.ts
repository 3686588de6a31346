import { describe, expect, it } from 'vitest';
import { classifyEventHubFailure } from '../../../shared/delivery/eventHubFailures.ts';
import { classifyRelayError } from '../../../shared/delivery/relayFailures.ts';
import { classifyServiceBusFailure } from '../../../shared/delivery/serviceBusFailures.ts';

const named = (name: string): Error => Object.assign(new Error('no token'), { name });

describe('an identity that gets no token', () => {
  it.each(['CredentialUnavailableError', 'AuthenticationError', 'AggregateAuthenticationError'])(
    'is a failure of its own, which may pass (%s)',
    (name) => {
      for (const classify of [classifyServiceBusFailure, classifyEventHubFailure, classifyRelayError]) {
        expect(classify(named(name))).toMatchObject({ code: 'IdentityUnavailable', detail: 'no token' });
      }
    },
  );
});
