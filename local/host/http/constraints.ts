/** Whether a route value satisfies an inline constraint. */
export type Constraint = (value: string) => boolean;

const integer = (min: bigint, max: bigint): Constraint => {
  return (value) => {
    if (!/^[+-]?\d+$/.test(value)) return false;
    const number = BigInt(value.replace('+', ''));
    return number >= min && number <= max;
  };
};

const isDecimalText: Constraint = (value) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value);
const guid =
  /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[{(][0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[})])$/i;

const simple: Readonly<Record<string, Constraint>> = {
  int: integer(-2147483648n, 2147483647n),
  long: integer(-9223372036854775808n, 9223372036854775807n),
  bool: (value) => /^(?:true|false)$/i.test(value),
  guid: (value) => guid.test(value),
  alpha: (value) => /^[a-z]*$/i.test(value),
  decimal: (value) => /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value),
  double: isDecimalText,
  float: isDecimalText,
  datetime: (value) => !Number.isNaN(Date.parse(value)),
  required: (value) => value !== '',
};

const withArguments: Readonly<Record<string, (args: readonly string[]) => Constraint>> = {
  minlength:
    ([min]) =>
    (value) =>
      value.length >= Number(min),
  maxlength:
    ([max]) =>
    (value) =>
      value.length <= Number(max),
  length:
    ([min, max = min]) =>
    (value) =>
      value.length >= Number(min) && value.length <= Number(max),
  min: ([min]) => integer(BigInt(min ?? '0'), 9223372036854775807n),
  max: ([max]) => integer(-9223372036854775808n, BigInt(max ?? '0')),
  range: ([min, max]) => integer(BigInt(min ?? '0'), BigInt(max ?? '0')),
};

const regexConstraint = (pattern: string): Constraint => {
  const expression = new RegExp(pattern, 'i');
  return (value) => expression.test(value);
};

/**
 * An inline constraint of a route template (`int`, `minlength(3)`, `regex(^a$)`). Source: ASP.NET Core's
 * DefaultInlineConstraintResolver, which the host uses.
 *
 * @throws Error when there is no such constraint.
 */
export const parseConstraint = (text: string): Constraint => {
  const match = /^([a-z]+)(?:\((.*)\))?$/is.exec(text.trim());
  const name = match?.[1]?.toLowerCase() ?? '';
  const argument = match?.[2];
  if (argument === undefined) {
    const found = simple[name];
    if (found !== undefined) return found;
  } else if (name === 'regex') {
    return regexConstraint(argument);
  } else {
    const make = withArguments[name];
    if (make !== undefined) return make(argument.split(',').map((part) => part.trim()));
  }
  throw new Error(`there is no route constraint "${text}"`);
};
