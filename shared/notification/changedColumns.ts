import type { PostedContext } from './executionContextSchema.ts';

const attributesOf = (target: unknown): unknown =>
  typeof target === 'object' && target !== null && 'Attributes' in target ? target.Attributes : undefined;

const keyOf = (pair: unknown): string[] =>
  typeof pair === 'object' && pair !== null && 'key' in pair && typeof pair.key === 'string'
    ? [pair.key]
    : [];

/**
 * Logical names of the columns that an Update changes: those in its target.
 *
 * @returns undefined for other messages, and where the target is not in the context.
 */
export const changedColumnsOf = ({ MessageName, InputParameters }: PostedContext): string[] | undefined => {
  if (MessageName !== 'Update') return undefined;
  const attributes = attributesOf(InputParameters?.find(({ key }) => key === 'Target')?.value);
  return Array.isArray(attributes) ? attributes.flatMap(keyOf) : undefined;
};
