import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { isJson, jsonText, numberAt, objectAt, objectsAt, textAt, textsAt, type Json } from '../json.ts';
import type { Session, World } from '../session.ts';
import { plain } from '../show/plain.ts';
import { pairs } from '../show/table.ts';
import { exact } from '../show/times.ts';
import { readNotification } from './notification.ts';
import { addSource, pathAt, type SourceOptions } from './send.ts';

const failureText = (failure: Json): string =>
  ['code', 'detail', 'cause', 'advice']
    .map((name) => textAt(failure, name))
    .filter(Boolean)
    .join(' ');

const bodyLines = (message: Json): readonly string[] => {
  const body = objectAt(message, 'body');
  return textAt(body, 'encoding') === 'utf-8' ? ['', plain(textAt(body, 'text'))] : [];
};

const explanationLines = ({ paints, terminal }: Session, explanation: Json): readonly string[] => {
  const message = objectAt(explanation, 'message');
  const request = objectAt(explanation, 'request');
  const planned = textsAt(explanation, 'plannedAttempts');
  return [
    ...pairs(
      [
        ['Endpoint', textAt(explanation, 'endpoint')],
        ['Contract', `${textAt(explanation, 'contract')} ${textAt(explanation, 'path')}`],
        ['Filtered out', textAt(explanation, 'filteredOut')],
        ['Signs in by', textAt(explanation, 'identity')],
        ['Job id', textAt(explanation, 'jobId')],
        ['Received', `${numberAt(objectAt(explanation, 'received'), 'bytes')} bytes`],
        ['Request', `${textAt(request, 'method')} ${textAt(request, 'path')}`],
        ['Content type', textAt(message, 'contentType')],
        ['Message bytes', textAt(message, 'bodyBytes')],
        ['Stripped', textsAt(message, 'stripped').join(', ')],
        ['Session id', textAt(message, 'sessionId')],
        ['Partition key', textAt(message, 'partitionKey')],
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
