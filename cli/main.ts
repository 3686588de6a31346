import { exitCodes } from './exitCodes.ts';
import { runProgram } from './program.ts';
import { plain } from './show/plain.ts';
import { processTerminal } from './terminal.ts';

/** A reader that has seen enough, like `head`, is no fault. */
const endWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.done);
};
process.stdout.on('error', endWithReader);
process.stderr.on('error', endWithReader);

const terminal = processTerminal();
try {
  process.exitCode = await runProgram(process.argv.slice(2), terminal);
} catch (error) {
  // A bug: everything expected has its own sentence.
  terminal.note(plain(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
  process.exitCode = exitCodes.refused;
}
