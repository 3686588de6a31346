import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseChaos } from './chaos/config.ts';
import { logLevels } from './log.ts';
import type { HostOptions } from './options.ts';
import type { LogLevel } from './worker/coreTypes.ts';

export interface Flags {
  readonly help: boolean;
  readonly exitWithStdin: boolean;
  readonly options: HostOptions;
}

export const helpText = `Runs an Azure Functions app (Node, built) on this machine.

  --app <folder>          the app's folder (default: this one)
  --port <n>              port on the loopback address, 0 for any free one (default: 7071)
  --state <folder>        keeps orchestrations, schedules and keys in this folder
  --memory                forgets everything at the end (default when there is no --state)
  --setting NAME=VALUE    an app setting; may be repeated
  --settings-file <file>  a JSON object of app settings
  --function-key <key>    a valid function key instead of a generated one; may be repeated
  --master-key <key>      the master key instead of a generated one
  --workers <n>           loads the app into n processes, restarted when they die (default 0: this process)
  --skip-time             jumps to the next durable timer whenever nothing else is left to do
  --chaos <json>          faults to inject
  --exit-with-stdin       stops when standard input ends
  --log-level <level>     ${logLevels.join(', ')} (default: information)
  --help                  this text

Prints one line of JSON to standard output when it serves; everything else goes to standard error.
`;

const DEFAULT_PORT = 7071;

const flagOptions = {
  app: { type: 'string', default: '.' },
  port: { type: 'string' },
  state: { type: 'string' },
  memory: { type: 'boolean', default: false },
  setting: { type: 'string', multiple: true },
  'settings-file': { type: 'string' },
  'function-key': { type: 'string', multiple: true },
  'master-key': { type: 'string' },
  workers: { type: 'string' },
  'skip-time': { type: 'boolean', default: false },
  chaos: { type: 'string' },
  'exit-with-stdin': { type: 'boolean', default: false },
  'log-level': { type: 'string', default: 'information' },
  help: { type: 'boolean', default: false },
} as const;

const wholeNumber = (text: string, flag: string, max: number): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max)
    throw new Error(`--${flag} must be a whole number up to ${max}, not "${text}".`);
  return value;
};

const pair = (text: string): [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--setting needs NAME=VALUE, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
};

const readSettingsFile = async (file: string | undefined): Promise<Record<string, string>> => {
  if (file === undefined) return {};
  try {
    const values = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
  } catch (error) {
    throw new Error(`--settings-file ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`--chaos is not JSON: ${(error as Error).message}`, { cause: error });
  }
};

const levelOf = (text: string): LogLevel => {
  const level = logLevels.find((candidate) => candidate === text);
  if (level === undefined)
    throw new Error(`--log-level must be one of ${logLevels.join(', ')}, not "${text}".`);
  return level;
};

/** @throws Error in one sentence for flags that cannot be understood. */
export const readFlags = async (args: readonly string[]): Promise<Flags> => {
  const { values } = parseArgs({ args: [...args], options: flagOptions, strict: true });
  if (values.memory && values.state !== undefined)
    throw new Error('--memory and --state exclude each other.');
  const { state, workers, chaos } = values;
  const master = values['master-key'];
  const functions = values['function-key'];
  const options: HostOptions = {
    app: values.app,
    port: values.port === undefined ? DEFAULT_PORT : wholeNumber(values.port, 'port', 65_535),
    settings: {
      ...(await readSettingsFile(values['settings-file'])),
      ...Object.fromEntries((values.setting ?? []).map(pair)),
    },
    skipTime: values['skip-time'],
    logLevel: levelOf(values['log-level']),
    keys: { ...(master === undefined ? {} : { master }), ...(functions === undefined ? {} : { functions }) },
    ...(state === undefined ? {} : { state }),
    ...(workers === undefined ? {} : { workers: wholeNumber(workers, 'workers', 10) }),
    ...(chaos === undefined ? {} : { chaos: parseChaos(parseJson(chaos)) }),
  };
  return { help: values.help, exitWithStdin: values['exit-with-stdin'], options };
};
