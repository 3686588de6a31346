import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { isJson, jsonText, numberAt, objectAt, objectsAt, textAt, textsAt, type Json } from '../json.ts';
import type { Session, World } from '../session.ts';
import { oneLine, plain } from '../show/plain.ts';
import { pairs } from '../show/table.ts';
import { exact } from '../show/times.ts';
import { readNotification } from './notification.ts';
import { addSource, pathAt, type SourceOptions } from './send.ts';

const failureText = (failure: Json): string =>
  oneLine(
    ['code', 'detail', 'cause', 'advice']
      .map((name) => textAt(failure, name))
      .filter(Boolean)
      .join(' '),
  );

const bodyLines = (message: Json): readonly string[] => {
  const body = objectAt(message, 'body');
  return textAt(body, 'encoding') === 'utf-8' ? ['', plain(textAt(body, 'text'))] : [];
};

const explanationLines = ({ paints, terminal }: Session, explanation: Json): readonly string[] => {
  const message = objectAt(explanation, 'message');
  const request = objectAt(explanation, 'request');
  const planned = textsAt(explanation, 'plannedAttempts');
  const text = (from: Json, name: string): string => oneLine(textAt(from, name));
  return [
    ...pairs(
      [
        ['Endpoint', text(explanation, 'endpoint')],
        ['Contract', `${text(explanation, 'contract')} ${text(explanation, 'path')}`],
        ['Filtered out', text(explanation, 'filteredOut')],
        ['Signs in by', text(explanation, 'identity')],
        ['Job id', text(explanation, 'jobId')],
        ['Received', `${numberAt(objectAt(explanation, 'received'), 'bytes')} bytes`],
        ['Request', oneLine(`${textAt(request, 'method')} ${textAt(request, 'path')}`)],
        ['Content type', text(message, 'contentType')],
        ['Message bytes', text(message, 'bodyBytes')],
        ['Stripped', oneLine(textsAt(message, 'stripped').join(', '))],
        ['Session id', text(message, 'sessionId')],
        ['Partition key', text(message, 'partitionKey')],
        ['Failure', isJson(explanation['failure']) ? failureText(explanation['failure']) : ''],
        [
          'Attempts if all fail',
          planned.length === 0
            ? ''
            : `${planned.length}, the last one ${exact(planned.at(-1) ?? '', terminal.now())}`,
        ],
      ],
      paints,
    ),
    ...(isJson(message['applicationProperties']) ? ['', jsonText(message['applicationProperties'])] : []),
    ...bodyLines(message),
  ];
};

const explain = async (session: Session, what: string, options: SourceOptions): Promise<ExitCode> => {
  const notification = await readNotification(session.terminal, what, options.new);
  const { json } = await session.api({
    method: 'POST',
    path: pathAt('explain', options.endpoint),
    ...notification,
  });
  const all = options.endpoint === undefined ? objectsAt(json, 'endpoints') : [json];
  session.show(json, () =>
    all.length === 0
      ? ['No route leads anywhere for it.']
      : all.flatMap((each, index) => [...(index > 0 ? [''] : []), ...explanationLines(session, each)]),
  );
  return all.some((each) => isJson(each['failure'])) ? exitCodes.refused : exitCodes.done;
};

/** `bridge explain` */
export const addExplain = (program: Command, world: World): void => {
  addSource(program.command('explain'))
    .description('shows what would be sent, and sends nothing; exit code 1 when there can be no message')
    .argument('<what>', 'name of a sample, a file, or - for standard input')
    .addHelpText('after', '\nExample: npx bridge explain create-account --endpoint queue-xml')
    .action((what: string, options: SourceOptions, command: Command) =>
      world.run(command, (session) => explain(session, what, options)),
    );
};
