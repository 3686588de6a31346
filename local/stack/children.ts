import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BusConfig } from '../bus/busOptions.ts';
import { controlBus, type BusControl } from '../bus/controlClient.ts';
import type { ReadyLine } from '../bus/program/readyLine.ts';
import type { ChaosConfig } from '../host/chaos/config.ts';
import { connectControl } from '../host/controlClient.ts';
import type { HostControl } from '../host/control.ts';
import type { Ready } from '../host/options.ts';
import { startChild, type Child } from '../process/child.ts';
import { programOf } from '../process/programs.ts';
import { controlRelay, type RelayControl } from '../relay/controlClient.ts';
import type { ReadyLine as RelayReadyLine } from '../relay/program/readyLine.ts';
import type { RelayConfig } from '../relay/relayOptions.ts';

type OnLog = (line: string) => void;

export interface BusChild extends Child<ReadyLine> {
  readonly control: BusControl;
}

/** Starts the Service Bus stand-in; `folder` gets its configuration. */
export const startBusChild = async (folder: string, config: BusConfig, onLog?: OnLog): Promise<BusChild> => {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'bus.json');
  await writeFile(file, JSON.stringify(config, undefined, 2));
  const child = await startChild<ReadyLine>({
    name: 'The Service Bus stand-in',
    program: programOf('bus'),
    args: ['--config', file, '--exit-with-stdin'],
    ...(onLog === undefined ? {} : { onLog }),
  });
  return { ...child, control: controlBus(child.ready.controlUrl) };
};

export interface RelayChild extends Child<RelayReadyLine> {
  readonly control: RelayControl;
}

/** Starts the Relay stand-in; `folder` gets its configuration. */
export const startRelayChild = async (
  folder: string,
  config: RelayConfig,
  onLog?: OnLog,
): Promise<RelayChild> => {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'relay.json');
  await writeFile(file, JSON.stringify(config, undefined, 2));
  const child = await startChild<RelayReadyLine>({
    name: 'The Relay stand-in',
    program: programOf('relay'),
    args: ['--config', file, '--exit-with-stdin'],
    ...(onLog === undefined ? {} : { onLog }),
  });
  return { ...child, control: controlRelay(child.ready.controlUrl) };
};

export interface HostChild extends Child<Ready> {
  readonly control: HostControl;
}

export interface HostChildOptions {
  /** The app's folder. */
  readonly app: string;
  readonly port: number;
  /** Keeps the hub; in memory when absent. */
  readonly state?: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly functionKeys?: readonly string[];
  readonly workers?: number;
  readonly skipTime?: boolean;
  readonly chaos?: ChaosConfig;
  readonly logLevel?: string;
  /** Flags beyond these. */
  readonly args?: readonly string[];
  readonly onLog?: OnLog;
}

const flag = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [`--${name}`, String(value)];

const argsOf = (options: HostChildOptions): string[] => [
  ...flag('app', options.app),
  ...flag('port', options.port),
  ...flag('state', options.state),
  ...Object.entries(options.settings).flatMap(([name, value]) => flag('setting', `${name}=${value}`)),
  ...(options.functionKeys ?? []).flatMap((key) => flag('function-key', key)),
  ...flag('workers', options.workers),
  ...(options.skipTime === true ? ['--skip-time'] : []),
  ...flag('chaos', options.chaos === undefined ? undefined : JSON.stringify(options.chaos)),
  ...flag('log-level', options.logLevel),
  '--exit-with-stdin',
  ...(options.args ?? []),
];

/** Starts a Functions host with an app in it. */
export const startHostChild = async (options: HostChildOptions): Promise<HostChild> => {
  const child = await startChild<Ready>({
    name: 'The Functions host',
    program: programOf('host'),
    args: argsOf(options),
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  });
  return { ...child, control: connectControl(child.ready.controlUrl) };
};
