import type { ApiAnswer } from './answer.ts';

/** What every link of the API needs. */
export interface LinkSettings {
  readonly hubName: string;
  /** Name of the setting that holds the storage connection string. */
  readonly connectionName: string;
  readonly systemKey: string;
  /** Scheme and authority under which the app is reached. */
  readonly origin: () => string;
}

export const WEBHOOK_PATH = '/runtime/webhooks/durabletask';

/** The id a client binding's links are made for; the SDK replaces it. Source: the extension's BindingHelper. */
const PLACEHOLDER_ID = 'INSTANCEID';

const suffix = ({ hubName, connectionName, systemKey }: LinkSettings): string =>
  `taskHub=${encodeURIComponent(hubName)}&connection=${encodeURIComponent(connectionName)}&code=${systemKey}`;

/** `WebUtility.UrlEncode`: as for a form, with blanks as plus signs. */
const urlEncode = (text: string): string =>
  encodeURIComponent(text).replaceAll('%20', '+').replaceAll("'", '%27').replaceAll('~', '%7E');

interface ManagementUrls {
  readonly id: string;
  readonly statusQueryGetUri: string;
  readonly sendEventPostUri: string;
  readonly terminatePostUri: string;
  readonly purgeHistoryDeleteUri: string;
  readonly restartPostUri: string;
  readonly suspendPostUri: string;
  readonly resumePostUri: string;
}

const managementUrls = (settings: LinkSettings, origin: string, id: string): ManagementUrls => {
  const instance = `${origin}${WEBHOOK_PATH}/instances/${urlEncode(id)}`;
  const query = suffix(settings);
  return {
    id,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
};

/** 202 with the links of an instance that was started: the HTTP polling pattern. */
export const checkStatusAnswer = (settings: LinkSettings, origin: string, id: string): ApiAnswer => {
  const urls = managementUrls(settings, origin, id);
  return {
    status: 202,
    headers: { location: urls.statusQueryGetUri, 'retry-after': '10' },
    body: JSON.stringify(urls),
  };
};

/** The value of a durable client binding, JSON text. Source: the extension's BindingHelper, HttpApiHandler. */
export const clientBinding = (settings: LinkSettings, rpcBaseUrl: string): string => {
  const origin = settings.origin();
  const base = `${origin}${WEBHOOK_PATH}`;
  const create = `${base}/orchestrators/{functionName}[/{instanceId}]`;
  const key = `code=${settings.systemKey}`;
  const { id, statusQueryGetUri, sendEventPostUri, terminatePostUri, ...rest } = managementUrls(
    settings,
    origin,
    PLACEHOLDER_ID,
  );
  const rewindPostUri = terminatePostUri.replace('/terminate?', '/rewind?');
  return JSON.stringify({
    taskHubName: settings.hubName,
    connectionName: null,
    creationUrls: {
      createNewInstancePostUri: `${create}?${key}`,
      createAndWaitOnNewInstancePostUri: `${create}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${key}`,
    },
    managementUrls: { id, statusQueryGetUri, sendEventPostUri, terminatePostUri, rewindPostUri, ...rest },
    baseUrl: base,
    requiredQueryStringParameters: key,
    rpcBaseUrl,
    httpBaseUrl: null,
  });
};
