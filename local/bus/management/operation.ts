import type { Entity } from '../broker/entity.ts';
import type { Receivable } from '../broker/receivable.ts';
import type { Refusal } from '../broker/refusal.ts';
import { decodeValue, type AmqpValue } from '../wire/decode.ts';
import { valueIn, type EncodedMap } from '../wire/request.ts';
import type { AmqpResponse } from '../wire/response.ts';

/** A request to the management node of an entity or its dead-letter sub-queue. */
export interface Call {
  readonly entity: Entity;
  readonly body: EncodedMap;
}

/** A request that is about what is there to receive. */
export interface ReceiverCall extends Call {
  readonly receivable: Receivable;
}

/**
 * One operation of `$management` (AMQP request/response operations of Service Bus), by what the caller's token has
 * to allow. `run` resolves with undefined when the real service gives no answer, and throws an Error when the request
 * misses something.
 */
export interface SenderOperation {
  readonly right: 'Send';
  run(call: Call): Promise<AmqpResponse | undefined>;
}
export interface ReceiverOperation {
  readonly right: 'Listen';
  run(call: ReceiverCall): Promise<AmqpResponse | undefined>;
}

export const ok = (body?: Buffer): AmqpResponse => ({
  status: 200,
  description: 'OK',
  ...(body !== undefined && { body }),
});

/** The HTTP status that goes with an AMQP error condition. */
const statusByCondition: Readonly<Record<string, number>> = {
  'amqp:not-found': 404,
  'com.microsoft:message-not-found': 404,
  'com.microsoft:message-lock-lost': 410,
  'com.microsoft:session-lock-lost': 410,
  'amqp:unauthorized-access': 401,
  'amqp:link:message-size-exceeded': 403,
  'amqp:resource-limit-exceeded': 403,
  'com.microsoft:entity-already-exists': 409,
  'com.microsoft:entity-disabled': 400,
  'amqp:not-allowed': 400,
  'amqp:decode-error': 400,
  'com.microsoft:argument-out-of-range': 400,
  'amqp:not-implemented': 501,
};

export const refused = ({ condition, description }: Refusal): AmqpResponse => ({
  status: statusByCondition[condition] ?? 500,
  condition,
  description,
});

const listOf = <Item>(
  call: Call,
  name: string,
  isItem: (value: AmqpValue) => value is Item & AmqpValue,
): Item[] => {
  const value = valueIn(call.body, name);
  if (!Array.isArray(value) || !value.every(isItem))
    throw new Error(`'${name}' is missing or of another type.`);
  return value;
};

const isNumber = (value: AmqpValue): value is number => typeof value === 'number';
const isBuffer = (value: AmqpValue): value is Buffer => Buffer.isBuffer(value);
const isMap = (value: AmqpValue): value is Map<string, AmqpValue> => value instanceof Map;

/** @throws Error when the request does not have it. */
export const numberIn = (call: Call, name: string): number => {
  const value = valueIn(call.body, name);
  if (!isNumber(value)) throw new Error(`'${name}' is missing or no number.`);
  return value;
};
export const textIn = (call: Call, name: string): string | undefined => {
  const value = valueIn(call.body, name);
  return typeof value === 'string' ? value : undefined;
};
/** @throws Error when the request does not have it. */
export const requiredTextIn = (call: Call, name: string): string => {
  const value = textIn(call, name);
  if (value === undefined) throw new Error(`'${name}' is missing or no text.`);
  return value;
};
/** @throws Error when the request does not have it. */
export const mapIn = (call: Call, name: string): ReadonlyMap<string, AmqpValue> => {
  const value = valueIn(call.body, name);
  if (!(value instanceof Map)) throw new Error(`'${name}' is missing or no map.`);
  return value;
};
/** @throws Error when the request does not have it. */
export const numbersIn = (call: Call, name: string): number[] => listOf(call, name, isNumber);
/** @throws Error when the request does not have it. */
export const uuidsIn = (call: Call, name: string): Buffer[] => listOf(call, name, isBuffer);
/** @throws Error when the request does not have it. */
export const mapsIn = (call: Call, name: string): Map<string, AmqpValue>[] => listOf(call, name, isMap);

export const isNull = (encoded: Buffer): boolean => decodeValue(encoded, 0) === null;
