import { runProgram } from '../process/runProgram.ts';
import { helpText, readFlags } from './program/flags.ts';
import { loadConfig } from './program/loadConfig.ts';
import { runBus } from './program/runBus.ts';

runProgram({
  helpText,
  readFlags,
  start: async (flags, input, log) => runBus(await loadConfig(flags, input), log),
});
