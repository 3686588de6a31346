import type { ChaosConfig } from './chaos/config.ts';
import type { HostKeys } from './http/keys.ts';
import type { Log } from './log.ts';
import type { LogLevel } from './worker/coreTypes.ts';

/** How a local Functions host is started. */
export interface HostOptions {
  /** The app's folder: package.json, host.json, built output, perhaps local.settings.json. */
  readonly app: string;
  /** Port of the host on the loopback address; 0 (default) for any free one. */
  readonly port?: number;
  /** Folder that keeps hub, schedules and keys over restarts. Without it all is forgotten at the end. */
  readonly state?: string;
  /** App settings, in front of the environment and local.settings.json. */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * Worker processes the app is loaded into. 0 (default) loads it into the host's own process, unless the app
   * setting FUNCTIONS_WORKER_PROCESS_COUNT asks for several.
   */
  readonly workers?: number;
  /** Jump to the next durable timer whenever nothing else is left to do. */
  readonly skipTime?: boolean;
  readonly chaos?: ChaosConfig;
  /** Keys to use instead of generated ones. */
  readonly keys?: Partial<HostKeys>;
  /** Default `information`. */
  readonly logLevel?: LogLevel;
  /** Takes the log lines instead of standard error. */
  readonly log?: Log;
}

/** What a host says once it serves. The program prints it as one line of JSON, with `event: "ready"`. */
export interface Ready {
  /** Address of the app, without a slash at the end. */
  readonly baseUrl: string;
  readonly functionKey: string;
  readonly masterKey: string;
  readonly systemKey: string;
  /** Address at which the SDK speaks to the Durable extension; no key, loopback only. */
  readonly rpcBaseUrl: string;
  /** Address of the control endpoint. */
  readonly controlUrl: string;
  readonly functions: readonly { readonly name: string; readonly trigger: string; readonly route?: string }[];
}
