import { prefixedNamespaces, type Namespace, type PrefixedNamespace } from '../contracts/namespaces.ts';

/**
 * Which prefix each namespace has in the open elements, as one number: three bits per namespace, 0 for none, and above
 * them how many are declared. A scope never changes; declaring gives another one, so closing an element costs nothing.
 *
 * .NET takes the first letter that no open element declares. Declarations nest, so that is the next one in a row, and
 * with six namespaces `i` (the instance namespace's) is never reached.
 */
export type Scope = number;

const bits = 3;
const names = Object.keys(prefixedNamespaces) as PrefixedNamespace[];
const countShift = names.length * bits;

export const shiftOf = (namespace: PrefixedNamespace): number => names.indexOf(namespace) * bits;

/** Nothing but the default namespace and `i`. */
export const rootScope: Scope = 0;

export const letterCount = names.length;

/** Number of a namespace's prefix, 1 for `a`; 0 when it has none. */
export const letterAt = (scope: Scope, shift: number): number => (scope >> shift) & 7;

/** Number of the prefix that the next declaration takes. */
export const nextLetter = (scope: Scope): number => (scope >> countShift) + 1;

export const declare = (scope: Scope, shift: number): Scope =>
  (scope | (nextLetter(scope) << shift)) + (1 << countShift);

/** Prefix and colon; '' for the default namespace. */
export const prefixText = (letter: number): string => (letter === 0 ? '' : `${letterText(letter)}:`);

export const letterText = (letter: number): string => String.fromCharCode(0x60 + letter);

export const isPrefixed = (namespace: Namespace): namespace is PrefixedNamespace => namespace !== 'default';
