import type { Command } from 'commander';
import { usageError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import { isJson, objectAt, objectsAt, textAt, type Json } from '../json.ts';
import type { Session, World } from '../session.ts';
import { oneLine } from '../show/plain.ts';
import { sparkline } from '../show/sparkline.ts';
import { pairs, table } from '../show/table.ts';
import { exact, relative } from '../show/times.ts';

const readSummary = async ({ api }: Session): Promise<Json> =>
  (await api({ method: 'GET', path: '/summary' })).json;

const numbersAt = (from: Json, name: string): readonly number[] => {
  const value: unknown = from[name];
  return Array.isArray(value) ? value.map(Number) : [];
};

const incomplete = (summary: Json): readonly string[] =>
  summary['complete'] === false ? ['Not all jobs were counted in time: the counts are lower bounds.'] : [];

/** Jobs held before their first attempt are in no group: the endpoint that holds them says so. */
const endpointLines = (summary: Json): readonly string[] =>
  objectsAt(summary, 'endpoints').map((endpoint) => {
    const [name, state, held, reason] = ['name', 'state', 'held', 'reason'].map((member) =>
      oneLine(textAt(endpoint, member)),
    );
    return `Endpoint ${name ?? ''} is ${state ?? ''}, ${held ?? ''} held. ${reason ?? ''}`;
  });

const footOf = (summary: Json): readonly string[] => [...endpointLines(summary), ...incomplete(summary)];

const groupLines = ({ terminal, paints }: Session, summary: Json): readonly string[] => {
  const groups = objectsAt(summary, 'groups');
  if (groups.length === 0) return ['No job needs attention for a failure.', ...footOf(summary)];
  const nowMs = terminal.now();
  const rows = groups.map((group) => [
    textAt(group, 'endpoint'),
    textAt(group, 'code'),
    textAt(group, 'count'),
    textAt(group, 'retrying'),
    textAt(group, 'held'),
    textAt(group, 'suspended'),
    textAt(group, 'failed'),
    sparkline(numbersAt(group, 'recent')),
    relative(textAt(group, 'first'), nowMs),
    relative(textAt(group, 'last'), nowMs),
    textAt(objectAt(group, 'note'), 'text'),
    textAt(group, 'advice'),
  ]);
  const columns = [
    { title: 'Endpoint', shrinksTo: 10 },
    { title: 'Code' },
    { title: 'Jobs' },
    { title: 'Retrying', drop: 3 },
    { title: 'Held', drop: 3 },
    { title: 'Suspended', drop: 3 },
    { title: 'Failed', drop: 3 },
    { title: 'Last hour', drop: 5 },
    { title: 'First', drop: 4 },
    { title: 'Last', drop: 2 },
    { title: 'Note', shrinksTo: 10, drop: 1 },
    { title: 'What to do', shrinksTo: 16, drop: 6 },
  ];
  return [...table(columns, rows, terminal.width, paints), ...footOf(summary)];
};

const groups = async (session: Session): Promise<undefined> => {
  const summary = await readSummary(session);
  const { countedOn, complete, groups: found, endpoints } = summary;
  session.show({ countedOn, complete, groups: found, endpoints }, () => groupLines(session, summary));
};

const summaryLines = ({ terminal, paints }: Session, summary: Json): readonly string[] => {
  const statuses = Object.entries(objectAt(summary, 'statuses'));
  const delivered = objectAt(summary, 'delivered');
  return [
    ...pairs(
      [
        ...statuses.map(([name, count]) => [name, String(count)] as const),
        ['Held', textAt(summary, 'held')],
        ['Retrying', textAt(summary, 'retrying')],
        ['Delivered in the last hour', textAt(delivered, 'lastHour')],
        ['Delivered in the last day', textAt(delivered, 'lastDay')],
        ['Failure groups', String(objectsAt(summary, 'groups').length)],
        ['Counted', exact(textAt(summary, 'countedOn'), terminal.now())],
      ],
      paints,
    ),
    ...footOf(summary),
  ];
};

const showSummary = async (session: Session): Promise<undefined> => {
  const summary = await readSummary(session);
  session.show(summary, () => summaryLines(session, summary));
};

const noteText = (note: Json, nowMs: number): string =>
  `${oneLine(textAt(note, 'text'))} (${oneLine(textAt(note, 'by'))}, ${exact(textAt(note, 'on'), nowMs)})`;

const showNote = (session: Session, note: unknown): void => {
  session.show({ note: isJson(note) ? note : null }, () => [
    isJson(note) ? noteText(note, session.terminal.now()) : 'No note.',
  ]);
};

const readNote = async (session: Session, endpoint: string, code: string): Promise<unknown> => {
  const found = objectsAt(await readSummary(session), 'groups').find(
    (group) => group['endpoint'] === endpoint && group['code'] === code,
  );
  return found?.['note'];
};

const note = async (
  session: Session,
  [endpoint, code, text]: readonly [string, string, string | undefined],
  isRemoved: boolean,
): Promise<void> => {
  if (isRemoved && text !== undefined) throw usageError('Give a text or --remove, not both.');
  if (!isRemoved && text === undefined) {
    showNote(session, await readNote(session, endpoint, code));
    return;
  }
  const { json } = await session.api({
    method: 'PUT',
    path: `/groups/${encodeURIComponent(endpoint)}/${encodeURIComponent(code)}/note`,
    body: { text: text ?? '' },
    answersNull: true,
  });
  showNote(session, textAt(json, 'text') === '' ? undefined : json);
};

/** `bridge groups ...`, `bridge summary` */
export const addGroups = (program: Command, world: World): void => {
  const command = program.command('groups').description('failure groups: jobs by endpoint and failure');
  command.addHelpText('after', '\nExample: npx bridge groups');
  command
    .command('list', { isDefault: true })
    .description('count, trend, first and last of each group, and what to do')
    .addHelpText('after', '\nExample: npx bridge groups list')
    .action((_options: unknown, self: Command) => world.run(self, groups));
  command
    .command('note')
    .description('shows or writes the note of a group')
    .argument('<endpoint>', 'service endpoint')
    .argument('<code>', 'code of the failure')
    .argument('[text]', 'the note; without it, the one there is is shown')
    .option('--remove', 'remove the note')
    .addHelpText('after', '\nExample: npx bridge groups note orders Unauthorized "key rotated, ticket 4711"')
    .action(
      (
        endpoint: string,
        code: string,
        text: string | undefined,
        options: { remove?: boolean },
        self: Command,
      ) =>
        world.run(self, async (session) => {
          await note(session, [endpoint, code, text], options.remove === true);
          return exitCodes.done;
        }),
    );
  program
    .command('summary')
    .description('how many jobs stand where')
    .addHelpText('after', '\nExample: npx bridge summary --json')
    .action((_options: unknown, self: Command) => world.run(self, showSummary));
};
