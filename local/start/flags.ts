import { parseArgs } from 'node:util';

export interface Flags {
  readonly help: boolean;
  /** End after the demonstration, with exit code 0 or 1. */
  readonly once: boolean;
  /** Post the samples and show what becomes of them. */
  readonly samples: boolean;
  /** For scripts: one line of JSON when all is ready, nothing else on standard output. */
  readonly json: boolean;
  readonly port: number;
  /** Folder that keeps jobs, messages and orchestrations between runs. */
  readonly state: string | undefined;
  readonly verbose: boolean;
}

export const helpText = `Runs the bridge and everything it needs on this machine: Azurite for storage, stand-ins for
Service Bus, Event Hubs and Relay, and a Functions host with the built app. Posts the samples as Dataverse would and shows what happens.

Usage: npm start -- [flags]

  --once            end after the demonstration; exit code 0 if all went well, else 1
  --no-samples      only start; post nothing
  --json            print one line of JSON when ready, for scripts; ends when standard input ends
  --port N          port of the app (default 7071; another one when it is taken)
  --state FOLDER    keep jobs, messages and orchestrations here (default .local/start)
  --verbose         show the log of the app and of the platform
  --help            this text
`;

const readPort = (text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`--port is "${text}"; it must be a whole number from 0 to 65535.`);
};

/** @throws Error in one sentence for flags that cannot be understood. */
export const readFlags = (args: readonly string[]): Flags => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      'no-samples': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      port: { type: 'string', default: '7071' },
      state: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    once: values.once,
    samples: !values['no-samples'],
    json: values.json,
    port: readPort(values.port),
    state: values.state,
    verbose: values.verbose,
  };
};
