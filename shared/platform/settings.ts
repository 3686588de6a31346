import type { AuthMode } from '../api/access/caller.ts';
import { authFaultOf, authModeOf } from './authSettings.ts';
import type { Environment } from './environment.ts';

/** What the app is told by its settings; read once. */
export interface Settings {
  /** Connection string of the account that holds the jobs. */
  readonly storageConnection: string;
  readonly jobsTable: string;
  /** Blob container of contexts that are too large for their message. */
  readonly claimsContainer: string;
  /** Path of the endpoints file, relative to the app's folder. */
  readonly endpointsFile: string;
  readonly maxDepth: number;
  /** Longest wait for the broker to confirm a message, link set-up included. */
  readonly sendTimeoutMs: number;
  /** Longest wait for one storage request; Dataverse waits behind it, for 60 s at most. */
  readonly storageTimeoutMs: number;
  /** How people come in. */
  readonly auth: AuthMode;
}

export type SettingsRead =
  | { readonly kind: 'read'; readonly settings: Settings }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

interface NumberRule {
  readonly setting: string;
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

const depthRule: NumberRule = { setting: 'BRIDGE_MAX_DEPTH', fallback: 16, least: 1, most: 1000 };
const sendRule: NumberRule = { setting: 'BRIDGE_SEND_TIMEOUT_SECONDS', fallback: 15, least: 1, most: 120 };
const storageRule: NumberRule = {
  setting: 'BRIDGE_STORAGE_TIMEOUT_SECONDS',
  fallback: 8,
  least: 1,
  most: 10,
};

const readNumber = (environment: Environment, rule: NumberRule, faults: string[]): number => {
  const text = environment[rule.setting] ?? '';
  if (text === '') return rule.fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= rule.least && value <= rule.most) return value;
  faults.push(`${rule.setting} is "${text}"; it must be a whole number from ${rule.least} to ${rule.most}.`);
  return rule.fallback;
};

const readTable = (environment: Environment, faults: string[]): string => {
  const text = environment['BRIDGE_JOBS_TABLE'] ?? '';
  if (text === '') return 'SystemJobs';
  if (!/^[A-Za-z][A-Za-z0-9]{2,62}$/.test(text)) {
    faults.push(
      `BRIDGE_JOBS_TABLE is "${text}"; a table name has 3 to 63 letters and digits and starts with a letter.`,
    );
  }
  return text;
};

const readContainer = (environment: Environment, faults: string[]): string => {
  const text = environment['BRIDGE_CLAIMS_CONTAINER'] ?? '';
  if (text === '') return 'dataverse-contexts';
  if (!/^[a-z0-9](-?[a-z0-9]){2,62}$/.test(text)) {
    faults.push(
      `BRIDGE_CLAIMS_CONTAINER is "${text}"; a container name has 3 to 63 lower-case letters, digits and single hyphens.`,
    );
  }
  return text;
};

const readAuth = (environment: Environment, faults: string[]): AuthMode => {
  const fault = authFaultOf(environment);
  if (fault !== undefined) faults.push(fault);
  return authModeOf(environment);
};

const storageSetting = 'AzureWebJobsStorage';

const readStorage = (environment: Environment, faults: string[]): string => {
  const text = environment[storageSetting] ?? '';
  const isConnectionString =
    /(^|;)UseDevelopmentStorage=true(;|$)/i.test(text) ||
    /(^|;)(AccountKey|SharedAccessSignature)=[^;]+/i.test(text);
  if (isConnectionString) return text;
  faults.push(
    text === ''
      ? `${storageSetting} is not set; it must be the connection string of a storage account. Identity-based connections (${storageSetting}__accountName) are not supported yet.`
      : `${storageSetting} is set, but is not the connection string of a storage account.`,
  );
  return '';
};

/** Path of the endpoints file; needed also when other settings are faulty. */
export const endpointsFileOf = (environment: Environment): string =>
  environment['BRIDGE_ENDPOINTS_FILE'] || 'endpoints.json';

/** Reads the environment; every fault is reported, each by its setting's name. */
export const readSettings = (environment: Environment): SettingsRead => {
  const faults: string[] = [];
  const settings: Settings = Object.freeze({
    storageConnection: readStorage(environment, faults),
    jobsTable: readTable(environment, faults),
    claimsContainer: readContainer(environment, faults),
    endpointsFile: endpointsFileOf(environment),
    maxDepth: readNumber(environment, depthRule, faults),
    sendTimeoutMs: readNumber(environment, sendRule, faults) * 1000,
    storageTimeoutMs: readNumber(environment, storageRule, faults) * 1000,
    auth: readAuth(environment, faults),
  });
  return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'read', settings };
};
