import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { composeBridge } from '../../../shared/platform/composeBridge.ts';
import { readConnections } from '../../../shared/platform/connections.ts';
import { readSettings } from '../../../shared/platform/settings.ts';
import { endpointWith } from '../../support/posting.ts';

const storage = {
  AzureWebJobsStorage:
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Yg==;EndpointSuffix=core.windows.net',
};
const serviceBus =
  'Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=c2VjcmV0';

describe('the settings', () => {
  it('have defaults for all but the storage account', () => {
    expect(readSettings(storage)).toEqual({
      kind: 'read',
      settings: {
        storageConnection: storage.AzureWebJobsStorage,
        jobsTable: 'SystemJobs',
        claimsContainer: 'dataverse-contexts',
        endpointsFile: 'endpoints.json',
        maxDepth: 16,
        sendTimeoutMs: 15_000,
        storageTimeoutMs: 8000,
        auth: 'keys',
      },
    });
  });

  it('are reported faulty all together, each by its name', () => {
    const read = readSettings({
      BRIDGE_MAX_DEPTH: '0',
      BRIDGE_SEND_TIMEOUT_SECONDS: 'soon',
      BRIDGE_JOBS_TABLE: '1 table',
    });
    const faults = read.kind === 'faulty' ? read.faults : [];
    for (const name of [
      'AzureWebJobsStorage',
      'BRIDGE_MAX_DEPTH',
      'BRIDGE_SEND_TIMEOUT_SECONDS',
      'BRIDGE_JOBS_TABLE',
    ]) {
      expect(faults.filter((fault) => fault.startsWith(name))).toHaveLength(1);
    }
  });

  it('take sign-in with Entra only where App Service guards the header it comes in (P-2)', () => {
    const read = (environment: Record<string, string>) => readSettings({ ...storage, ...environment });
    const faultsOf = (environment: Record<string, string>) => {
      const settings = read(environment);
      return settings.kind === 'faulty' ? settings.faults : [];
    };
    expect(read({ BRIDGE_AUTH: 'entra', WEBSITE_AUTH_ENABLED: 'True' })).toMatchObject({
      settings: { auth: 'entra' },
    });
    expect(read({ BRIDGE_AUTH: 'keys' })).toMatchObject({ settings: { auth: 'keys' } });
    for (const enabled of ['', 'False', '1', 'True ']) {
      expect(faultsOf({ BRIDGE_AUTH: 'entra', WEBSITE_AUTH_ENABLED: enabled })).toEqual([
        expect.stringContaining('BRIDGE_AUTH is entra, but App Service') as string,
      ]);
    }
    expect(faultsOf({ BRIDGE_AUTH: 'Entra' })).toEqual([
      'BRIDGE_AUTH is "Entra"; it must be one of keys, entra.',
    ]);
  });

  it('accept the emulator and a shared access signature, but no other text, as storage', () => {
    const kindOf = (text: string) => readSettings({ AzureWebJobsStorage: text }).kind;
    expect(kindOf('UseDevelopmentStorage=true')).toBe('read');
    expect(kindOf('TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=sv=1')).toBe('read');
    expect(kindOf('https://a.table.core.windows.net')).toBe('faulty');
  });
});

describe('the connections', () => {
  const faultsWith = (environment: Record<string, string>, endpoint = endpointWith()): readonly string[] => {
    const read = readConnections([endpoint], environment);
    return read.kind === 'faulty' ? read.faults : [];
  };

  it('are found by the name the endpoint gives', () => {
    const read = readConnections([endpointWith()], { ServiceBusConnection: serviceBus });
    const connection = { kind: 'key', connectionString: serviceBus };
    expect(read.kind === 'read' && read.connectionOf(endpointWith())).toEqual(connection);
  });

  it('are read anew for each message: a changed key counts without a restart', () => {
    const environment: Record<string, string> = { ServiceBusConnection: serviceBus };
    const read = readConnections([endpointWith()], environment);
    const changed = serviceBus.replace(/SharedAccessKey=[^;]+/, 'SharedAccessKey=bmV3');
    environment['ServiceBusConnection'] = changed;
    const connection = { kind: 'key', connectionString: changed };
    expect(read.kind === 'read' && read.connectionOf(endpointWith())).toEqual(connection);
  });

  it('may be those of a managed identity', () => {
    const environment = {
      ServiceBusConnection__fullyQualifiedNamespace: 'ns.servicebus.windows.net',
      ServiceBusConnection__clientId: 'a-client-id',
    };
    const read = readConnections([endpointWith()], environment);
    if (read.kind === 'faulty') throw new Error(read.faults.join());
    expect(read.connectionOf(endpointWith())).toEqual({
      kind: 'identity',
      namespace: 'ns.servicebus.windows.net',
      clientId: 'a-client-id',
    });
    expect(read.identityOf(endpointWith())).toBe(
      'the managed identity a-client-id at ns.servicebus.windows.net',
    );
    for (const namespace of [
      'sb://ns.servicebus.windows.net/',
      'localhost',
      'Endpoint=sb://a/;SharedAccessKey=secret',
    ]) {
      expect(faultsWith({ ServiceBusConnection__fullyQualifiedNamespace: namespace })).toEqual([
        `Endpoint "orders": ServiceBusConnection__fullyQualifiedNamespace is no host name; it must read like contoso.servicebus.windows.net.`,
      ]);
    }
  });

  it('without TLS are for this machine only', () => {
    const plain = (host: string) =>
      faultsWith({
        ServiceBusConnection: `Endpoint=sb://${host};SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true`,
      });
    expect(plain('localhost')).toEqual([]);
    expect(plain('127.0.0.1:5672')).toEqual([]);
    for (const host of ['10.0.0.7', 'ns.servicebus.windows.net', '127.0.0.1.example']) {
      expect(plain(host)[0]).toContain(
        'UseDevelopmentEmulator, which goes without TLS, is for this machine only',
      );
    }
  });

  it('are reported by endpoint and setting when they are missing', () => {
    expect(faultsWith({})).toEqual([
      'Endpoint "orders": the setting ServiceBusConnection is not set; it must hold a connection string, or ServiceBusConnection__fullyQualifiedNamespace the host name of the namespace.',
    ]);
  });

  it('are reported without their secret when they are unusable', () => {
    const [fault] = faultsWith({ ServiceBusConnection: 'SharedAccessKey=c2VjcmV0' });
    expect(fault).toBe(
      'Endpoint "orders": the connection string in ServiceBusConnection is not usable: it must read Endpoint=sb://<namespace>;SharedAccessKeyName=<name>;SharedAccessKey=<key>.',
    );
    expect(faultsWith({ ServiceBusConnection: 'Endpoint=sb://ns.servicebus.windows.net/' })[0]).toContain(
      'lacks SharedAccessKeyName',
    );
  });

  it("may be an entity's own, if it is the endpoint's", () => {
    const own = `${serviceBus};EntityPath=dataverse-events`;
    const read = readConnections([endpointWith()], { ServiceBusConnection: own });
    expect(read.kind === 'read' && read.connectionOf(endpointWith())).toEqual({
      kind: 'key',
      connectionString: serviceBus,
    });
    expect(faultsWith({ ServiceBusConnection: own }, endpointWith({ path: 'other' }))[0]).toContain(
      'its path is "other", but the connection string in ServiceBusConnection is for "dataverse-events"',
    );
  });
});

describe('the bridge', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;
  const file = (text: string): string => {
    files += 1;
    const path = join(folder, `${files}.json`);
    writeFileSync(path, text);
    return path;
  };
  const goodFile = file(
    JSON.stringify({ endpoints: [{ name: 'a', contract: 'queue', connection: 'Bus', path: 'q' }] }),
  );

  it('is composed when all is well, without touching the network', () => {
    const state = composeBridge({ ...storage, Bus: serviceBus, BRIDGE_ENDPOINTS_FILE: goodFile });
    expect(state.kind === 'ready' && state.bridge.endpointNamed('a')?.path).toBe('q');
    expect(state.kind === 'ready' && state.bridge.endpointNamed('b')).toBeUndefined();
  });

  const firstWords = (environment: Record<string, string>): readonly (string | undefined)[] => {
    const state = composeBridge(environment);
    return state.kind === 'faulty' ? state.faults.map((fault) => fault.split(/[ :]/)[0]) : [];
  };

  it('reports faults of settings and connections together', () => {
    expect(firstWords({ BRIDGE_MAX_DEPTH: 'x', BRIDGE_ENDPOINTS_FILE: goodFile })).toEqual([
      'AzureWebJobsStorage',
      'BRIDGE_MAX_DEPTH',
      'Endpoint',
    ]);
  });

  it('reports faults of settings and endpoints file together', () => {
    const broken = file('{"endpoints":[{}]}');
    expect(firstWords({ BRIDGE_MAX_DEPTH: 'x', BRIDGE_ENDPOINTS_FILE: broken })).toEqual([
      'AzureWebJobsStorage',
      'BRIDGE_MAX_DEPTH',
      ...[broken, broken, broken, broken],
    ]);
  });

  it('reports a storage connection that the client refuses', () => {
    const state = composeBridge({
      AzureWebJobsStorage: 'AccountName=a;AccountKey=Yg==',
      Bus: serviceBus,
      BRIDGE_ENDPOINTS_FILE: goodFile,
    });
    expect(state.kind === 'faulty' && state.faults[0]).toMatch(/^AzureWebJobsStorage is not usable: /);
  });

  it('names the endpoints file that is missing', () => {
    const state = composeBridge({ ...storage, BRIDGE_ENDPOINTS_FILE: '/nowhere/endpoints.json' });
    expect(state.kind === 'faulty' && state.faults[0]).toContain('/nowhere/endpoints.json');
  });
});
