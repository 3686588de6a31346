import type { OperationView } from '../api/operations.ts';
import { isOver } from './operationProgress.ts';

/** Operations that still do something. */
export const runningOf = <T extends Pick<OperationView, 'status'>>(operations: readonly T[]): T[] =>
  operations.filter((operation) => !isOver(operation));

const calmMs = 5000;
const busyMs = 2000;

/** How often the page asks: faster only while a bulk action changes things. @param running how many do. */
export const pollEveryMs = (running: number): number => (running > 0 ? busyMs : calmMs);
