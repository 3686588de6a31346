/** A piece of what the sweeper does in a minute. */
export interface SweepPart {
  readonly name: string;
  readonly work: () => Promise<unknown>;
}

/**
 * Does the parts of each step side by side, one step after the other. A part that fails keeps no other one: it is
 * reported when it does.
 *
 * @throws the first error when all have ended, so that the invocation shows as failed.
 */
export const sweepParts = async (
  steps: readonly (readonly SweepPart[])[],
  failed: (part: string, error: unknown) => void,
): Promise<void> => {
  const errors: unknown[] = [];
  const guarded = async ({ name, work }: SweepPart): Promise<void> => {
    try {
      await work();
    } catch (error) {
      errors.push(error);
      failed(name, error);
    }
  };
  for (const parts of steps) await Promise.all(parts.map(guarded));
  if (errors.length > 0) throw errors[0];
};
