import { Command, CommanderError } from 'commander';
import { addAppCommands } from './commands/app.ts';
import { addBulk } from './commands/bulk.ts';
import { addEndpoints } from './commands/endpoints.ts';
import { addExplain } from './commands/explain.ts';
import { addGroups } from './commands/groups.ts';
import { addJobs } from './commands/jobs.ts';
import { addSend } from './commands/send.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { createWorld, endWith, type World } from './session.ts';
import { plainSpoken, type Terminal } from './terminal.ts';

const epilogue = `
The app is the one of "npm start", unless BRIDGE_URL (or --url) names another; its function key stands in BRIDGE_KEY
(or --key), an Entra token in BRIDGE_TOKEN (or --token).

Exit codes: 0 done; 1 the app refused, or what was waited for did not come about; 2 wrong usage; 3 not reached, or
"not now" (502, 503, 504); 4 not allowed (401, 403).

Example: npx bridge jobs list --attention`;

/** The whole tree of commands. */
export const buildProgram = (world: World): Command => {
  const program = new Command('bridge')
    .description('Looks at and steers the system jobs of a Dataverse to Azure bridge, local or deployed.')
    .option('--url <address>', 'address of the app (BRIDGE_URL)')
    .option('--key <key>', 'function key (BRIDGE_KEY, which other users of the machine cannot see)')
    .option('--token <token>', 'Entra access token (BRIDGE_TOKEN)')
    .option('--state <folder>', 'state folder that npm start was given')
    .option('--json', 'one JSON document on standard output (tail: one a line)')
    .option('--verbose', 'show requests and answers on standard error; keys are hidden')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', epilogue)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.terminal.write(text.trimEnd()),
      writeErr: (text) => world.terminal.note(text.trimEnd()),
    });
  addJobs(program, world);
  addGroups(program, world);
  addBulk(program, world);
  addEndpoints(program, world);
  addSend(program, world);
  addExplain(program, world);
  addAppCommands(program, world);
  return program;
};

/** Runs one command line. */
export const runProgram = async (args: readonly string[], given: Terminal): Promise<ExitCode> => {
  const terminal = plainSpoken(given);
  let code: ExitCode = exitCodes.done;
  const world = createWorld(terminal, (ended) => (code = ended));
  try {
    await buildProgram(world).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return endWith(terminal, error);
    // Help that was asked for is no fault; help shown since a command is missing is one.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
};
