import type { SqlValue } from './sqlValue.ts';

const literally = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');

/** `%` stands for any text, `_` for one character; what follows the escape character stands for itself. */
const patternOf = (pattern: string, escape: string | undefined): RegExp => {
  let source = '';
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    if (character === escape) {
      index += 1;
      source += literally(pattern.charAt(index));
    } else if (character === '%') source += '.*';
    else source += character === '_' ? '.' : literally(character);
  }
  return new RegExp(`^${source}$`, 's');
};

/** Unknown when an operand is; `escape` is undefined when the expression has none. */
export const like = (value: SqlValue, pattern: SqlValue, escape: SqlValue): boolean | undefined => {
  if (typeof value !== 'string' || typeof pattern !== 'string') return undefined;
  return patternOf(pattern, typeof escape === 'string' ? escape : undefined).test(value);
};
