import { basename } from 'node:path';
import type { Command } from 'commander';
import { CliError, usageError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import { isJson, jsonText, objectAt, textAt, textsAt, type Json } from '../json.ts';
import type { Session, World } from '../session.ts';
import { plain } from '../show/plain.ts';
import { pairs } from '../show/table.ts';
import type { Terminal } from '../terminal.ts';

/** Shows a text to a person, with nothing in it that a terminal would obey. */
const showText = (terminal: Terminal, text: string): void => {
  const shown = plain(text);
  terminal.write(shown);
  if (shown !== text)
    terminal.note('Control characters are not shown; for the exact bytes redirect it: > file');
};

/** The message as it is sent, into a file or a pipe; a terminal would obey what stands in it, so it is shown the text only. */
const writeMessage = ({ terminal }: Session, message: Json): void => {
  const body = textAt(message, 'body');
  const isBinary = textAt(message, 'encoding') === 'base64';
  if (terminal.width === undefined) terminal.writeBytes(Buffer.from(body, isBinary ? 'base64' : 'utf8'));
  else if (isBinary) throw usageError('The message is binary, nothing for a terminal: redirect it: > file');
  else showText(terminal, body);
};

/** The text that the app gives where reading it as JSON would change a number. */
const contextText = (payload: Json): string => {
  const text = textAt(payload, 'contextText');
  return text === '' ? jsonText(payload['context']) : plain(text);
};

const faultText = (message: Json): string => {
  const fault = objectAt(message, 'fault');
  return ['code', 'detail', 'cause', 'advice']
    .map((name) => textAt(fault, name))
    .filter(Boolean)
    .join(' ');
};

const payloadLines = ({ paints }: Session, payload: Json): readonly string[] => {
  const message = objectAt(payload, 'message');
  const fact = (name: string): string => textAt(message, name);
  return [
    paints.bold('Context'),
    contextText(payload),
    '',
    paints.bold('Message'),
    ...pairs(
      [
        ['Content type', fact('contentType')],
        ['Format', fact('format')],
        ['Bytes', fact('bytes')],
        ['SHA-256', fact('sha256')],
        ['Message id', fact('messageId')],
        ['Fault', faultText(message)],
        ['Masked', textsAt(payload, 'masked').join(', ')],
      ],
      paints,
    ),
    jsonText(objectAt(message, 'properties')),
  ];
};

const payload = async (session: Session, id: string, isMessage: boolean): Promise<undefined> => {
  const { api, terminal } = session;
  const { json } = await api({ method: 'GET', path: `/jobs/${encodeURIComponent(id)}/payload` });
  terminal.note('This look at the payload is recorded on the job.');
  if (!isMessage) {
    session.show(json, () => payloadLines(session, json));
    return;
  }
  const message = objectAt(json, 'message');
  if (isJson(message['fault'])) throw new CliError(faultText(message), exitCodes.refused);
  if (textsAt(json, 'masked').length > 0)
    terminal.note('Members are masked: these are not the bytes that are sent.');
  writeMessage(session, message);
};

/** The name that the app gives the bundle, without any folder. */
const nameOf = (headers: Headers, id: string): string => {
  const [, given = ''] = /filename="?([^";]+)/.exec(headers.get('content-disposition') ?? '') ?? [];
  return /^[\w.-]+$/.test(basename(given)) ? basename(given) : `bridge-${id}.json`;
};

const bundle = async (session: Session, id: string, output: string | undefined): Promise<undefined> => {
  const { api, terminal } = session;
  const reply = await api({ method: 'GET', path: `/jobs/${encodeURIComponent(id)}/bundle`, isFile: true });
  if (output === '-') {
    if (terminal.width === undefined) terminal.writeBytes(reply.bytes);
    else showText(terminal, Buffer.from(reply.bytes).toString('utf8'));
    return;
  }
  const file = output ?? nameOf(reply.headers, id);
  try {
    await terminal.writeFile(file, reply.bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(
      `The bundle was not written: ${reason}. Name another file with --output.`,
      exitCodes.usage,
      { cause: error },
    );
  }
  session.show({ file, bytes: reply.bytes.byteLength }, () => [file]);
};

/** `bridge jobs payload|bundle` */
export const addEvidence = (jobs: Command, world: World): void => {
  jobs
    .command('payload')
    .description('what the job carries: context (masked) and message; the look is recorded')
    .argument('<id>', 'id of the job')
    .option('--message', 'only the message: its bytes, or on a terminal its text')
    .addHelpText('after', '\nExample: npx bridge jobs payload zd3dzb4qf-00e366c7ed49baa9624a7721aaf117e2')
    .action((id: string, options: { message?: boolean }, command: Command) =>
      world.run(command, (session) => payload(session, id, options.message === true)),
    );
  jobs
    .command('bundle')
    .description('writes the support bundle of a job to a file: no secrets, no payload')
    .argument('<id>', 'id of the job')
    .option('-o, --output <file>', 'name of the file; - is standard output')
    .addHelpText(
      'after',
      '\nExample: npx bridge jobs bundle zd3dzb4qf-00e366c7ed49baa9624a7721aaf117e2 -o job.json',
    )
    .action((id: string, options: { output?: string }, command: Command) =>
      world.run(command, (session) => bundle(session, id, options.output)),
    );
};
