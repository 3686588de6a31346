import { parseServiceBusConnectionString } from '@azure/service-bus';

export type ConnectionStringRead =
  { readonly entityPath: string | undefined; readonly keyName: string } | { readonly fault: string };

const emulator = /(^|;)\s*UseDevelopmentEmulator\s*=\s*true/i;
const onThisMachine = /^\w+:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/?$/i;

/**
 * Checks a connection string (Service Bus, Event Hubs and Relay have one form); the fault never contains its text.
 * Connections without TLS are for this machine only.
 */
export const readConnectionString = (text: string): ConnectionStringRead => {
  try {
    const { endpoint, sharedAccessKeyName, sharedAccessKey, entityPath } =
      parseServiceBusConnectionString(text);
    if (sharedAccessKeyName === undefined || sharedAccessKey === undefined) {
      return { fault: 'it lacks SharedAccessKeyName or SharedAccessKey' };
    }
    if (emulator.test(text) && !onThisMachine.test(endpoint)) {
      return { fault: 'UseDevelopmentEmulator, which goes without TLS, is for this machine only' };
    }
    return { entityPath, keyName: sharedAccessKeyName };
  } catch {
    return {
      fault: 'it must read Endpoint=sb://<namespace>;SharedAccessKeyName=<name>;SharedAccessKey=<key>',
    };
  }
};
