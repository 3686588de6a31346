import { parseArgs } from 'node:util';

/** What the command line says. */
export interface Flags {
  readonly help: boolean;
  /** A file, or `-` for standard input. */
  readonly config: string | undefined;
  readonly port: string | undefined;
  readonly controlPort: string | undefined;
  readonly stateFolder: string | undefined;
  readonly memory: boolean;
  readonly queues: readonly string[];
  /** As written: `topic` or `topic/subscription`. */
  readonly topics: readonly string[];
  readonly eventHubs: readonly string[];
  readonly exitWithStdin: boolean;
}

export const helpText = `A stand-in for Azure Service Bus and Event Hubs on this machine.

Usage: node build/local/bus/main.js [flags]

  --config FILE        Settings as JSON; "-" reads standard input to its end (with --exit-with-stdin: one line of it)
  --queue NAME         A queue with Azure's defaults; may be repeated
  --topic NAME         A topic; NAME/SUBSCRIPTION gives it a subscription too; may be repeated
  --event-hub NAME     An event hub with four partitions; may be repeated
  --port N             Port for AMQP on 127.0.0.1; 0 (the default) takes a free one
  --control-port N     Port for the HTTP controls; 0 (the default) takes a free one
  --state-folder PATH  Keep messages there; without it they end with the process
  --memory             Keep nothing, whatever the settings say
  --exit-with-stdin    End when standard input ends, that is, with the process that started this one
  --help               This text

Flags win over settings. When the bus is ready, one line of JSON with its connection string goes to standard output;
everything else goes to standard error. It ends in order at SIGINT and SIGTERM.
`;

/** @throws Error when there is a flag that does not exist. */
export const readFlags = (args: readonly string[]): Flags => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      config: { type: 'string' },
      port: { type: 'string' },
      'control-port': { type: 'string' },
      'state-folder': { type: 'string' },
      memory: { type: 'boolean', default: false },
      queue: { type: 'string', multiple: true, default: [] },
      topic: { type: 'string', multiple: true, default: [] },
      'event-hub': { type: 'string', multiple: true, default: [] },
      'exit-with-stdin': { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    config: values.config,
    port: values.port,
    controlPort: values['control-port'],
    stateFolder: values['state-folder'],
    memory: values.memory,
    queues: values.queue,
    topics: values.topic,
    eventHubs: values['event-hub'],
    exitWithStdin: values['exit-with-stdin'],
  };
};
