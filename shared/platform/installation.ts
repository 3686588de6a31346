import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { withoutTheseSecrets } from '../text/withoutSecrets.ts';
import type { Environment } from './environment.ts';

/** Folder of the deployed app; this module is built to dist/shared/platform. */
export const appFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** What support asks of an installation; no secret. */
export interface Installation {
  readonly appVersion: string;
  readonly nodeVersion: string;
  /** By name; values are not told. */
  readonly settings: () => Readonly<Record<string, 'set' | 'not set'>>;
  /** A text without secrets, those of the settings among them. */
  readonly redact: (text: string) => string;
}

const ownSettings = [
  'AzureWebJobsStorage',
  'TASK_HUB_NAME',
  'BRIDGE_AUTH',
  'BRIDGE_CLAIMS_CONTAINER',
  'BRIDGE_ENDPOINTS_FILE',
  'BRIDGE_JOBS_TABLE',
  'BRIDGE_MAX_DEPTH',
  'BRIDGE_SEND_TIMEOUT_SECONDS',
  'BRIDGE_STORAGE_TIMEOUT_SECONDS',
] as const;

const settingsOf = (endpoints: readonly ServiceEndpoint[]): string[] => {
  const connections = [...new Set(endpoints.map(({ connection }) => connection))];
  const ofIdentity = connections.flatMap((name) => [`${name}__fullyQualifiedNamespace`, `${name}__clientId`]);
  return [...ownSettings, ...connections, ...ofIdentity];
};

const keyOrSignature = /(?:^|;)\s*(?:SharedAccessKey|AccountKey|SharedAccessSignature)\s*=\s*([^;]+)/gi;

/** Whole connection strings and the keys in them, as the settings have them now. */
const secretsIn = (environment: Environment, names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const text = environment[name] ?? '';
    const keys = [...text.matchAll(keyOrSignature)].map(([, key = '']) => key.trim());
    return keys.length === 0 ? [] : [text, ...keys];
  });

/** An app that was deployed without its package.json works all the same. */
const versionIn = (folder: string): string => {
  try {
    const text = readFileSync(resolve(folder, 'package.json'), 'utf8');
    return (JSON.parse(text) as { version?: string }).version ?? 'unknown';
  } catch {
    return 'unknown';
  }
};

export const installationOf = (
  environment: Environment,
  endpoints: readonly ServiceEndpoint[],
): Installation => {
  const names = settingsOf(endpoints);
  return {
    appVersion: versionIn(appFolder),
    nodeVersion: process.version,
    settings: () =>
      Object.fromEntries(names.map((name) => [name, (environment[name] ?? '') === '' ? 'not set' : 'set'])),
    redact: (text) => withoutTheseSecrets(secretsIn(environment, names))(text),
  };
};
