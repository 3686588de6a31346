import { parseServiceBusConnectionString } from '@azure/service-bus';

export type ConnectionStringRead =
  { readonly entityPath: string | undefined; readonly keyName: string } | { readonly fault: string };

/** Checks a connection string (Service Bus, Event Hubs and Relay have one form); the fault never contains its text. */
export const readConnectionString = (text: string): ConnectionStringRead => {
  try {
    const { sharedAccessKeyName, sharedAccessKey, entityPath } = parseServiceBusConnectionString(text);
    if (sharedAccessKeyName === undefined || sharedAccessKey === undefined) {
      return { fault: 'it lacks SharedAccessKeyName or SharedAccessKey' };
    }
    return { entityPath, keyName: sharedAccessKeyName };
  } catch {
    return {
      fault: 'it must read Endpoint=sb://<namespace>;SharedAccessKeyName=<name>;SharedAccessKey=<key>',
    };
  }
};
