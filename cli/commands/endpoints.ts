import type { Command } from 'commander';
import { numberAt, objectAt, objectsAt, textAt, textsAt, type Json } from '../json.ts';
import { wholeNumber } from '../options.ts';
import type { Session, World } from '../session.ts';
import { paintStatus } from '../show/paint.ts';
import { sparkline } from '../show/sparkline.ts';
import { pairs, table } from '../show/table.ts';
import { exact, lengthOf, relative } from '../show/times.ts';

const pathOf = (name: string): string => `/endpoints/${encodeURIComponent(name)}`;

/** A count that is a lower bound has a plus. */
const countAt = (endpoint: Json, name: string): string =>
  `${textAt(endpoint, name)}${endpoint['complete'] === false ? '+' : ''}`;

const listLines = ({ terminal, paints }: Session, endpoints: readonly Json[]): readonly string[] => {
  const nowMs = terminal.now();
  const rows = endpoints.map((endpoint) => [
    textAt(endpoint, 'name'),
    textAt(endpoint, 'state'),
    textAt(endpoint, 'contract'),
    textAt(endpoint, 'path'),
    countAt(endpoint, 'held'),
    countAt(endpoint, 'backlog'),
    relative(textAt(endpoint, 'estimatedDrainOn'), nowMs),
    relative(textAt(endpoint, 'lastDeliveredOn'), nowMs),
    relative(textAt(endpoint, 'lastFailedOn'), nowMs),
    textAt(endpoint, 'reason'),
  ]);
  const columns = [
    { title: 'Name', shrinksTo: 12 },
    { title: 'State', paint: (text: string) => paintStatus(paints, text) },
    { title: 'Contract', drop: 4 },
    { title: 'Path', shrinksTo: 10, drop: 5 },
    { title: 'Held' },
    { title: 'Backlog' },
    { title: 'Drained', drop: 2 },
    { title: 'Delivered', drop: 3 },
    { title: 'Failed', drop: 3 },
    { title: 'Reason', shrinksTo: 12, drop: 1 },
  ];
  return table(columns, rows, terminal.width, paints);
};

const slowest = (hours: readonly Json[]): string => {
  const p95Ms = Math.max(0, ...hours.map((hour) => numberAt(hour, 'p95Ms')));
  return p95Ms === 0 ? '' : lengthOf(p95Ms);
};

const sumOf = (hours: readonly Json[], name: string): number =>
  hours.reduce((sum, hour) => sum + numberAt(hour, name), 0);

const breakerText = (breaker: Json, nowMs: number): string => {
  const state = textAt(breaker, 'state');
  if (state === 'closed' || state === '') return state;
  const probe = exact(textAt(breaker, 'nextProbeOn'), nowMs);
  return `${state} since ${exact(textAt(breaker, 'openedOn'), nowMs)} for ${textAt(breaker, 'code')}, opening ${textAt(breaker, 'openings')}${probe === '' ? '' : `, next probe ${probe}`}`;
};

const detailLines = ({ terminal, paints }: Session, endpoint: Json): readonly string[] => {
  const nowMs = terminal.now();
  const text = (name: string): string => textAt(endpoint, name);
  const time = (name: string): string => exact(textAt(endpoint, name), nowMs);
  const hours = objectsAt(endpoint, 'hours');
  const pause = objectAt(endpoint, 'pause');
  const attempts = hours.map((hour) => numberAt(hour, 'attempts'));
  const failures = hours.map((hour) => numberAt(hour, 'failures'));
  return pairs(
    [
      ['Endpoint', text('name')],
      ['State', text('state'), (state) => paintStatus(paints, state)],
      ['Since', time('since')],
      ['Reason', text('reason')],
      [
        'Paused',
        textAt(pause, 'on') === ''
          ? ''
          : `by ${textAt(pause, 'by')} on ${exact(textAt(pause, 'on'), nowMs)}: ${textAt(pause, 'reason')}`,
      ],
      ['Breaker', breakerText(objectAt(endpoint, 'breaker'), nowMs)],
      ['Held', countAt(endpoint, 'held')],
      ['Backlog', countAt(endpoint, 'backlog')],
      ['Drains', `${text('drainPerMinute')} a minute`],
      ['Drained', time('estimatedDrainOn')],
      ['Last delivered', time('lastDeliveredOn')],
      ['Last failed', time('lastFailedOn')],
      ['Attempts, 24 h', `${sparkline(attempts)} ${sumOf(hours, 'attempts')}`],
      ['Failures, 24 h', `${sparkline(failures)} ${sumOf(hours, 'failures')}`],
      ['Slowest hour, p95', slowest(hours)],
      ['Contract', `${textAt(endpoint, 'contract')} ${textAt(endpoint, 'path')}`],
      ['Message format', text('messageFormat')],
      ['Connection', text('connection')],
      ['Signs in by', text('identity')],
      ['Notify', text('notifyPath')],
      ['Can be asked', textsAt(endpoint, 'actions').join(', ')],
    ],
    paints,
  );
};

const list = async (session: Session): Promise<undefined> => {
  const { json } = await session.api({ method: 'GET', path: '/endpoints' });
  session.show(json, () => listLines(session, objectsAt(json, 'endpoints')));
};

const show = async (session: Session, name: string): Promise<undefined> => {
  const { json } = await session.api({ method: 'GET', path: pathOf(name) });
  session.show(json, () => detailLines(session, json));
};

const act = async (session: Session, name: string, action: string, body: Json): Promise<undefined> => {
  const { json } = await session.api({ method: 'POST', path: `${pathOf(name)}/${action}`, body });
  session.show(json, () => listLines(session, [json]));
};

interface EndpointActionOptions {
  readonly reason?: string;
  readonly perMinute?: number;
}

const descriptions = {
  pause: 'holds its jobs: nothing is sent, no attempt is spent; notifications are accepted',
  resume: 'lets its jobs go on, the held ones at the rate of the drain; has an open breaker probe at once',
  drain: 'the same as resume at another rate: how many held jobs a minute are let go',
} as const;

/** `bridge endpoints ...` */
export const addEndpoints = (program: Command, world: World): void => {
  const endpoints = program
    .command('endpoints')
    .description('service endpoints: health, breaker, pause, drain');
  endpoints.addHelpText('after', '\nExample: npx bridge endpoints list');
  endpoints
    .command('list', { isDefault: true })
    .description('state and backlog of each')
    .addHelpText('after', '\nExample: npx bridge endpoints list')
    .action((_options: unknown, self: Command) => world.run(self, list));
  endpoints
    .command('show')
    .description('everything about one endpoint')
    .argument('<name>', 'name of the endpoint')
    .addHelpText('after', '\nExample: npx bridge endpoints show orders')
    .action((name: string, _options: unknown, self: Command) =>
      world.run(self, (session) => show(session, name)),
    );
  for (const [action, description] of Object.entries(descriptions)) {
    const command = endpoints
      .command(action)
      .description(description)
      .argument('<name>', 'name of the endpoint');
    if (action === 'drain') {
      command.requiredOption('--per-minute <n>', 'jobs a minute', wholeNumber(1, 6000));
    }
    const rate = action === 'drain' ? ' --per-minute 600' : '';
    command
      .option('--reason <text>', 'why; shown with the endpoint')
      .addHelpText(
        'after',
        `\nExample: npx bridge endpoints ${action} orders${rate} --reason "consumer is being mended"`,
      )
      .action((name: string, options: EndpointActionOptions, self: Command) =>
        world.run(self, (session) => act(session, name, action, { ...options })),
      );
  }
};
