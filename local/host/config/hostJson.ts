import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DurableSettings } from '../durable/engine/deps.ts';
import { defaultLimits } from '../durable/replay/execution.ts';
import { readJsonObject } from './jsonFile.ts';
import { applyOverrides } from './overrides.ts';
import { resolvePercent, type Settings } from './settings.ts';
import { timeSpanMs } from './timeSpan.ts';

/** What the host takes from host.json. */
export interface HostConfig {
  /** Put in front of every function's route; may be empty. */
  readonly routePrefix: string;
  /** `functionTimeout` in milliseconds; undefined for no limit. */
  readonly functionTimeoutMs: number | undefined;
  /** `http.maxOutstandingRequests`: more are answered 429. */
  readonly maxOutstandingRequests: number;
  readonly durable: DurableSettings;
}

type Section = Readonly<Record<string, unknown>>;

/** Members the real host knows; here only `version`, `functionTimeout` and `extensions` change anything. */
const knownSections = [
  'version',
  'functionTimeout',
  'logging',
  'extensionBundle',
  'extensions',
  'aggregator',
  'healthMonitor',
  'singleton',
  'watchDirectories',
  'watchFiles',
  'telemetryMode',
  'concurrency',
  '$schema',
];

const durableOptions = [
  'hubName',
  'defaultVersion',
  'versionMatchStrategy',
  'versionFailureStrategy',
  'storageProvider',
  'tracing',
  'notifications',
  'httpSettings',
  'maxConcurrentActivityFunctions',
  'maxConcurrentOrchestratorFunctions',
  'maxConcurrentEntityFunctions',
  'maxOrchestrationActions',
  'extendedSessionsEnabled',
  'extendedSessionIdleTimeoutInSeconds',
  'useAppLease',
  'appLeaseOptions',
  'useGracefulShutdown',
  'overridableExistingInstanceStates',
  'storeInputsInOrchestrationHistory',
  'localRpcEndpointEnabled',
  'entityMessageReorderWindowInMinutes',
  'maxEntityOperationBatchSize',
  'rollbackEntityOperationsOnExceptions',
];

/** Options whose other values would change what an app sees, and are not there. */
const onlyValues: Readonly<Record<string, unknown>> = {
  versionMatchStrategy: 'None',
  overridableExistingInstanceStates: 'NonRunningStates',
  storeInputsInOrchestrationHistory: false,
  localRpcEndpointEnabled: true,
};

const httpOptions = [
  'routePrefix',
  'maxOutstandingRequests',
  'maxConcurrentRequests',
  'dynamicThrottlesEnabled',
  'hsts',
  'customHeaders',
];

const refuseUnknown = (section: Section, known: readonly string[], path: string): void => {
  const unknown = Object.keys(section).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`host.json: the local host does not know "${path}${unknown}".`);
};

const sectionOf = (parent: Section, name: string): Section => {
  const value = parent[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Error(`host.json: "${name}" is not an object.`);
  return value as Section;
};

const textOf = (section: Section, name: string): string | undefined => {
  const value = section[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Error(`host.json: "${name}" is not a text.`);
  return value;
};

const numberOf = (section: Section, name: string, fallback: number): number => {
  const value = section[name];
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw new Error(`host.json: "${name}" is not a whole number above 0.`);
  }
  return value;
};

/** A bound that -1 lifts, as the HTTP extension reads it. */
const boundOf = (section: Section, name: string): number =>
  section[name] === -1 ? Number.MAX_SAFE_INTEGER : numberOf(section, name, Number.MAX_SAFE_INTEGER);

/** Alphanumeric, starting with a letter, 3 to 45 characters: the names of the hub's queues and tables come from it. */
const checkHubName = (name: string): string => {
  if (!/^[A-Za-z][A-Za-z0-9]{2,44}$/.test(name)) {
    throw new Error(
      `host.json: "${name}" is not a valid hubName (letters and digits, 3 to 45, starting with a letter).`,
    );
  }
  return name;
};

const DEFAULT_HUB = 'TestHubName';

const readDurable = (section: Section, settings: Settings): DurableSettings => {
  refuseUnknown(section, durableOptions, 'extensions.durableTask.');
  for (const [name, value] of Object.entries(onlyValues)) {
    if (section[name] !== undefined && section[name] !== value) {
      throw new Error(`host.json: the local host has "${name}" only as ${JSON.stringify(value)}.`);
    }
  }
  const perCore = 10 * availableParallelism();
  const httpPollMs = numberOf(
    sectionOf(section, 'httpSettings'),
    'defaultAsyncRequestSleepTimeMilliseconds',
    defaultLimits.httpPollMs,
  );
  return {
    hubName: checkHubName(resolvePercent(textOf(section, 'hubName') ?? DEFAULT_HUB, settings)),
    maxConcurrentActivityFunctions: numberOf(section, 'maxConcurrentActivityFunctions', perCore),
    maxConcurrentOrchestratorFunctions: numberOf(section, 'maxConcurrentOrchestratorFunctions', perCore),
    defaultVersion: textOf(section, 'defaultVersion'),
    limits: {
      ...defaultLimits,
      httpPollMs,
      maxActions: numberOf(section, 'maxOrchestrationActions', defaultLimits.maxActions),
    },
  };
};

const THIRTY_MINUTES_MS = 1_800_000;

const readTimeout = (root: Section): number | undefined => {
  const text = textOf(root, 'functionTimeout');
  if (text === undefined) return THIRTY_MINUTES_MS;
  return text === '-1' ? undefined : timeSpanMs(text, 'host.json: "functionTimeout"');
};

const checkVersion = (root: Section): void => {
  if (root['version'] === undefined) throw new Error("host.json is missing the required 'version' property.");
  if (root['version'] !== '2.0')
    throw new Error(`host.json: 'version' must be "2.0", not ${JSON.stringify(root['version'])}.`);
};

/**
 * Reads `host.json` of an app folder, with the overrides that app settings named `AzureFunctionsJobHost__…` make.
 *
 * @throws Error in one sentence for anything that is missing, unknown or not imitated here.
 */
export const readHostConfig = async (app: string, settings: Settings): Promise<HostConfig> => {
  const file = await readJsonObject(join(app, 'host.json'));
  if (file === undefined) throw new Error(`There is no host.json in ${app}.`);
  const root = applyOverrides(file, settings);
  checkVersion(root);
  refuseUnknown(root, knownSections, '');
  const extensions = sectionOf(root, 'extensions');
  refuseUnknown(extensions, ['http', 'durableTask'], 'extensions.');
  const http = sectionOf(extensions, 'http');
  refuseUnknown(http, httpOptions, 'extensions.http.');
  return {
    routePrefix: textOf(http, 'routePrefix') ?? 'api',
    functionTimeoutMs: readTimeout(root),
    maxOutstandingRequests: boundOf(http, 'maxOutstandingRequests'),
    durable: readDurable(sectionOf(extensions, 'durableTask'), settings),
  };
};
