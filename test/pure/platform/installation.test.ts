import { describe, expect, it } from 'vitest';
import { installationOf } from '../../../shared/platform/installation.ts';
import { endpointWith } from '../../support/posting.ts';

const key = 'abcdefghij0123456789+/=';
const connection = `Endpoint=sb://a/;SharedAccessKeyName=Root;SharedAccessKey=${key}`;

describe('what support is told of an installation (E-5)', () => {
  const installation = () =>
    installationOf({ ServiceBusConnection: connection, BRIDGE_MAX_DEPTH: '9', SECRET: 'x' }, [
      endpointWith(),
    ]);

  it('is which settings are set, and no value', () => {
    const settings = installation().settings();
    expect(settings).toMatchObject({
      ServiceBusConnection: 'set',
      ServiceBusConnection__clientId: 'not set',
      BRIDGE_MAX_DEPTH: 'set',
      AzureWebJobsStorage: 'not set',
    });
    expect(settings).not.toHaveProperty('SECRET');
  });

  it('knows the keys of the settings as secrets, wherever they stand (E-6)', () => {
    expect(installation().redact(`bare ${key} and ${encodeURIComponent(key)}`)).toBe(
      'bare [removed] and [removed]',
    );
  });
});
