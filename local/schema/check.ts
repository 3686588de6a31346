import type { ErrorObject, ValidateFunction } from 'ajv';

const wordsFor = ({ instancePath, message, params }: ErrorObject): string => {
  const place = instancePath === '' ? 'it' : instancePath;
  const named = params as { additionalProperty?: string; allowedValues?: readonly unknown[] };
  if (named.additionalProperty !== undefined) return `${place} must not have '${named.additionalProperty}'`;
  if (named.allowedValues !== undefined) return `${place} must be one of ${named.allowedValues.join(', ')}`;
  return `${place} ${message ?? 'is wrong'}`;
};

/**
 * What came from outside, as the shape it was checked for; `what` names it in errors.
 *
 * @throws Error with one sentence that names every fault.
 */
export const check = <Shape>(what: string, validate: ValidateFunction<Shape>, value: unknown): Shape => {
  if (validate(value)) return value;
  const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(wordsFor);
  throw new Error(`${what} cannot be used: ${faults.join('; ')}.`);
};
