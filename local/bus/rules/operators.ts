import { compare, isNumeric, type SqlValue } from './sqlValue.ts';

type Operator = (left: SqlValue, right: SqlValue) => SqlValue;

const ordered =
  (holds: (order: number) => boolean): Operator =>
  (left, right) => {
    const order = compare(left, right);
    return order === undefined ? undefined : holds(order);
  };

/** Both sides integers: 64-bit arithmetic as in C#; else doubles. Anything else is unknown. */
const arithmetic =
  (ofIntegers: (a: bigint, b: bigint) => bigint | undefined, ofDoubles: (a: number, b: number) => number) =>
  (left: SqlValue, right: SqlValue): SqlValue => {
    if (!isNumeric(left) || !isNumeric(right)) return undefined;
    if (typeof left === 'number' || typeof right === 'number') return ofDoubles(Number(left), Number(right));
    const result = ofIntegers(left, right);
    return result === undefined ? undefined : BigInt.asIntN(64, result);
  };

const add = arithmetic(
  (a, b) => a + b,
  (a, b) => a + b,
);

/** Operators with two operands, by sign. Dividing an integer by zero is an error in C#, here it is unknown. */
export const operators: Readonly<Record<string, Operator>> = {
  '=': ordered((order) => order === 0),
  '<>': ordered((order) => order !== 0),
  '!=': ordered((order) => order !== 0),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '+': (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? left + right : add(left, right),
  '-': arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': arithmetic(
    (a, b) => (b === 0n ? undefined : a / b),
    (a, b) => a / b,
  ),
  '%': arithmetic(
    (a, b) => (b === 0n ? undefined : a % b),
    (a, b) => a % b,
  ),
};

/** What a condition says: what is no truth value is unknown. */
const truthOf = (value: SqlValue): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** Three-valued logic (Service Bus documentation, "Unknown evaluation in AND / OR operator"). */
export const and: Operator = (left, right) => {
  const [a, b] = [truthOf(left), truthOf(right)];
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
};
export const or: Operator = (left, right) => {
  const [a, b] = [truthOf(left), truthOf(right)];
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
};
export const not = (value: SqlValue): SqlValue => {
  const truth = truthOf(value);
  return truth === undefined ? undefined : !truth;
};
