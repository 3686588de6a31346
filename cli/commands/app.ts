import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { objectAt, objectsAt, textAt, textsAt, type Json } from '../json.ts';
import type { Session, World } from '../session.ts';
import { plain } from '../show/plain.ts';
import { pairs } from '../show/table.ts';
import { exact } from '../show/times.ts';

const told = (flag: unknown): string => (flag === true ? 'yes' : flag === false ? 'no' : 'not known');

const healthLines = ({ paints, terminal }: Session, report: Json): readonly string[] => {
  const storage = objectAt(report, 'storage');
  const jobs = objectAt(report, 'jobs');
  const status = textAt(report, 'status');
  const paint = { healthy: paints.green, degraded: paints.yellow }[status] ?? paints.red;
  return [
    ...pairs(
      [
        ['Status', status, paint],
        ['Storage', `${textAt(storage, 'status')} ${textAt(storage, 'detail')}`],
        ['Swept until', exact(textAt(storage, 'sweptUntil'), terminal.now())],
        ['Suspended jobs', told(jobs['suspended'])],
        ['Failed jobs', told(jobs['failed'])],
        [
          'Endpoints',
          objectsAt(report, 'endpoints')
            .map((each) => textAt(each, 'name'))
            .join(', '),
        ],
      ],
      paints,
    ),
    ...[...textsAt(report, 'reasons'), ...textsAt(objectAt(report, 'configuration'), 'faults')].map(plain),
  ];
};

const health = async (session: Session): Promise<ExitCode> => {
  const { json, status } = await session.api({ method: 'GET', path: '/health', accepts: [503] });
  session.show(json, () => healthLines(session, json));
  return status === 503 ? exitCodes.refused : exitCodes.done;
};

const me = async (session: Session): Promise<undefined> => {
  const { json } = await session.api({ method: 'GET', path: '/me' });
  session.show(json, () =>
    pairs(
      [
        ['Name', textAt(json, 'name')],
        ['Signs in by', textAt(json, 'auth')],
        ['Roles', textsAt(json, 'roles').join(', ')],
        ['App', session.target.baseUrl],
      ],
      session.paints,
    ),
  );
};

/** `bridge health`, `bridge me`, `bridge open` */
export const addAppCommands = (program: Command, world: World): void => {
  program
    .command('health')
    .description('whether the app can accept, and what is wrong; exit code 1 when it cannot')
    .addHelpText('after', '\nExample: npx bridge health')
    .action((_options: unknown, command: Command) => world.run(command, health));
  program
    .command('me')
    .description('who the app takes you for, and your roles')
    .addHelpText('after', '\nExample: npx bridge me')
    .action((_options: unknown, command: Command) => world.run(command, me));
  program
    .command('open')
    .description('prints the address of the System Jobs page')
    .addHelpText('after', '\nExample: xdg-open "$(npx bridge open)"')
    .action((_options: unknown, command: Command) =>
      world.run(command, async (session) => {
        const address = `${session.target.baseUrl}/api/page/`;
        session.show({ address }, () => [address]);
        return exitCodes.done;
      }),
    );
};
