import { usageError } from './cliError.ts';
import type { Session } from './session.ts';

/**
 * Asks before something that cannot be undone.
 *
 * @returns whether to go on.
 * @throws usage error when nobody is there to be asked and `yes` was not given.
 */
export const confirm = async (
  { terminal }: Session,
  question: string,
  yes: boolean | undefined,
): Promise<boolean> => {
  if (yes === true) return true;
  if (!terminal.asks)
    throw usageError(`${question} Nobody is there to be asked: repeat the command with --yes.`);
  return /^y(es)?$/i.test(await terminal.ask(`${question} [y/N]`));
};
