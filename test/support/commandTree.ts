import type { Command } from 'commander';

/** Every command with its path from the program: '', 'jobs', 'jobs list', ... */
export const commandsOf = (program: Command, path = ''): Map<string, Command> =>
  new Map([
    [path, program],
    ...program.commands.flatMap((command) => [...commandsOf(command, `${path} ${command.name()}`.trim())]),
  ]);
