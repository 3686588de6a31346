import { runProgram } from '../process/runProgram.ts';
import { helpText, readFlags } from './program/flags.ts';
import { loadConfig } from './program/loadConfig.ts';
import { runRelay } from './program/runRelay.ts';

runProgram({
  helpText,
  readFlags,
  start: async (flags, input, log) => runRelay(await loadConfig(flags, input), log),
});
