import { jsonText } from './jsonText.ts';
import { afterOf, endOf, kinds, kindOf, nodeSize, type Tape } from './tape.ts';

const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

/** Whether the subtree of a node holds another; a container that is still open (its end not yet written) holds all. */
const holds = (tape: Tape, node: number, sought: number): boolean => {
  const after = afterOf(tape, node);
  const isOpen =
    kindOf(tape, node) >= kinds.object && after === node + nodeSize && tape.nodes[node + 2] === 0;
  return sought >= node && (isOpen || sought < after);
};

/**
 * JSON pointer (RFC 6901) to a node, by walking down from the root: cheap to have, paid only for errors. A node that is
 * still to come, where a member's name must stand, is its object.
 */
export const pointerTo = (tape: Tape, sought: number): string => {
  let pointer = '';
  let container = 0;
  while (container < sought) {
    const step = stepTowards(tape, container, sought);
    if (step === undefined) break;
    pointer += `/${escapeToken(step.token)}`;
    container = step.value;
  }
  return pointer;
};

const stepTowards = (
  tape: Tape,
  container: number,
  sought: number,
): { readonly token: string; readonly value: number } | undefined => {
  const kind = kindOf(tape, container);
  let child = container + nodeSize;
  for (let index = 0; child <= sought && kind >= kinds.object; index += 1) {
    const value = kind === kinds.object ? afterOf(tape, child) : child;
    if (kind === kinds.object && child === sought && endOf(tape, child) === 0) return undefined;
    if (child === sought || value === sought || holds(tape, value, sought)) {
      const token = kind === kinds.object ? jsonText(tape, child) : String(index);
      return { token, value: child === sought ? sought : value };
    }
    if (afterOf(tape, value) <= child) break;
    child = afterOf(tape, value);
  }
  return undefined;
};
