import { noRulesHere } from '../broker/refusal.ts';
import type { CorrelationFilter, Rule, RuleFilter } from '../rules/rule.ts';
import {
  encodeBoolean,
  encodeDescribed,
  encodeDouble,
  encodeInt,
  encodeList,
  encodeLong,
  encodeMap,
  encodeNull,
  encodeString,
  encodeTimestamp,
} from '../wire/encode.ts';
import { numberIn, ok, refused, type ReceiverOperation } from './operation.ts';

/** Descriptors of rules (constants of `@azure/core-amqp`; filters have one zero less). */
const descriptor = {
  rule: 0x137_0000_0004n,
  emptyAction: 0x137_0000_0005n,
  sqlFilter: 0x13_7000_0006n,
  trueFilter: 0x13_7000_0007n,
  falseFilter: 0x13_7000_0008n,
  correlationFilter: 0x13_7000_0009n,
} as const;

/** The version of the SQL dialect; there is one. */
const compatibilityLevel = 20;

const optional = (text: string | undefined): Buffer =>
  text === undefined ? encodeNull() : encodeString(text);

const encodeProperty = (value: string | number | boolean): Buffer => {
  if (typeof value === 'string') return encodeString(value);
  if (typeof value === 'boolean') return encodeBoolean(value);
  return Number.isSafeInteger(value) ? encodeLong(value) : encodeDouble(value);
};

const encodeCorrelation = (filter: CorrelationFilter): Buffer =>
  encodeList([
    optional(filter.correlationId),
    optional(filter.messageId),
    optional(filter.to),
    optional(filter.replyTo),
    optional(filter.subject),
    optional(filter.sessionId),
    optional(filter.replyToSessionId),
    optional(filter.contentType),
    encodeMap(
      Object.entries(filter.applicationProperties ?? {}).flatMap(([name, value]) => [
        encodeString(name),
        encodeProperty(value),
      ]),
    ),
  ]);

const encodeFilter = (filter: RuleFilter): Buffer => {
  switch (filter.type) {
    case 'true':
      return encodeDescribed(descriptor.trueFilter, encodeList([]));
    case 'false':
      return encodeDescribed(descriptor.falseFilter, encodeList([]));
    case 'sql': {
      const fields = [encodeString(filter.expression), encodeInt(compatibilityLevel)];
      return encodeDescribed(descriptor.sqlFilter, encodeList(fields));
    }
    case 'correlation':
      return encodeDescribed(descriptor.correlationFilter, encodeCorrelation(filter));
  }
};

const encodeRule = ({ name, filter }: Rule): Buffer => {
  const fields = [
    encodeFilter(filter),
    encodeDescribed(descriptor.emptyAction, encodeList([])),
    encodeString(name),
    // When it was created, which is not kept here.
    encodeTimestamp(0),
  ];
  return encodeMap([encodeString('rule-description'), encodeDescribed(descriptor.rule, encodeList(fields))]);
};

/** `com.microsoft:enumerate-rules`: 204 when there are none (any more). */
export const enumerateRules: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    if (call.entity.rules === undefined) return refused(noRulesHere());
    const skip = numberIn(call, 'skip');
    const rules = call.entity.rules.list().slice(skip, skip + numberIn(call, 'top'));
    if (rules.length === 0) return { status: 204, description: 'No Content' };
    return ok(encodeMap([encodeString('rules'), encodeList(rules.map(encodeRule))]));
  },
};
