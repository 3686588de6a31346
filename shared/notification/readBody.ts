import { Ajv, type ErrorObject } from 'ajv';
import { ContextError } from '../context/contextError.ts';
import { tokenize } from '../context/json/tokenizer.ts';
import { executionContextSchema, type PostedContext } from './executionContextSchema.ts';
import { maxBytesForAllFaults, maxFaultsListed, maxParentContexts } from './limits.ts';
import { refuse, type BodyFault, type Refusal } from './refusal.ts';

const rules = { strict: true, allowUnionTypes: true, strictRequired: false } as const;

const isContext = new Ajv(rules).compile<PostedContext>(executionContextSchema);

/** Finds every fault of a body; for a large one that could be a million of them, and seconds of work. */
const findFaults = new Ajv({ ...rules, allErrors: true }).compile(executionContextSchema);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What is wrong and at which byte, without a word of the body: what `JSON.parse` says quotes it, into logs too. */
const faultOf = (body: Uint8Array): string => {
  try {
    tokenize(body);
    return '';
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    const { path, message } = error;
    return `The body${message.slice(path === '' ? 'The context'.length : path.length)}.`;
  }
};

const parse = (body: Uint8Array): { value: unknown } | Refusal => {
  try {
    return { value: JSON.parse(utf8.decode(body)) as unknown };
  } catch {
    return refuse('BodyNotJson', faultOf(body));
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Walks by hand, since a validator that recurses would run out of stack on a hostile body. */
const isNestedTooDeep = (value: unknown): boolean => {
  let context = value;
  for (let level = 0; isObject(context); level += 1) {
    if (level > maxParentContexts) return true;
    context = context['ParentContext'];
  }
  return false;
};

const toFault = (error: ErrorObject): BodyFault => ({
  pointer:
    error.keyword === 'required'
      ? `${error.instancePath}/${String(error.params['missingProperty'])}`
      : error.instancePath,
  detail: error.keyword === 'required' ? 'is missing' : (error.message ?? error.keyword),
});

const isContainerOnly = (error: ErrorObject): boolean => error.keyword === 'anyOf';

/** Every fault of a body of ordinary size, else the first. */
const errorsIn = (value: unknown, bytes: number): readonly ErrorObject[] => {
  if (bytes > maxBytesForAllFaults) return isContext.errors ?? [];
  findFaults(value);
  return findFaults.errors ?? [];
};

const contextInvalid = (errors: readonly ErrorObject[]): Refusal => {
  const faults = errors.filter((error) => !isContainerOnly(error)).map(toFault);
  const listed = faults.slice(0, maxFaultsListed);
  const more = faults.length - listed.length;
  return refuse('ContextInvalid', more > 0 ? `${more} further faults are not listed.` : '', listed);
};

/**
 * Reads a body as an execution context. Only the bridge's own reading goes through `JSON.parse`; what is delivered are
 * the received bytes, because parsing loses decimal scale and long integers. A byte order mark is tolerated.
 */
export const readBody = (body: Uint8Array): { readonly context: PostedContext } | Refusal => {
  const parsed = parse(body);
  if ('kind' in parsed) return parsed;
  if (isNestedTooDeep(parsed.value)) {
    return refuse('ContextInvalid', '', [
      { pointer: '/ParentContext', detail: `is nested more than ${maxParentContexts} levels deep` },
    ]);
  }
  if (isContext(parsed.value)) return { context: parsed.value };
  return contextInvalid(errorsIn(parsed.value, body.byteLength));
};
