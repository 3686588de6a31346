import { parseArgs } from 'node:util';

/** What the command line says. */
export interface Flags {
  readonly help: boolean;
  /** A file, or `-` for standard input. */
  readonly config: string | undefined;
  readonly port: string | undefined;
  readonly controlPort: string | undefined;
  readonly answerWithinMs: string | undefined;
  readonly hybridConnections: readonly string[];
  readonly wcfRelays: readonly string[];
  readonly exitWithStdin: boolean;
}

export const helpText = `A stand-in for Azure Relay on this machine: hybrid connections by HTTP, and the sender's HTTP side of WCF relays.

Usage: node build/local/relay/main.js [flags]

  --config FILE               Settings as JSON; "-" reads standard input to its end (with --exit-with-stdin: one line of it)
  --hybrid-connection NAME    A hybrid connection; may be repeated
  --wcf-relay NAME            A WCF relay; may be repeated
  --port N                    Port on 127.0.0.1; 0 (the default) takes a free one
  --control-port N            Port for the HTTP controls; 0 (the default) takes a free one
  --answer-within-ms N        How long a listener may take to answer; 60000 when not given
  --exit-with-stdin           End when standard input ends, that is, with the process that started this one
  --help                      This text

Flags win over settings. When the relay is ready, one line of JSON with its connection string goes to standard output;
everything else goes to standard error. It keeps nothing, and ends in order at SIGINT and SIGTERM.
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
      'answer-within-ms': { type: 'string' },
      'hybrid-connection': { type: 'string', multiple: true, default: [] },
      'wcf-relay': { type: 'string', multiple: true, default: [] },
      'exit-with-stdin': { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    config: values.config,
    port: values.port,
    controlPort: values['control-port'],
    answerWithinMs: values['answer-within-ms'],
    hybridConnections: values['hybrid-connection'],
    wcfRelays: values['wcf-relay'],
    exitWithStdin: values['exit-with-stdin'],
  };
};
