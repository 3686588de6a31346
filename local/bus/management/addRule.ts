import { noRulesHere } from '../broker/refusal.ts';
import type { CorrelationFilter, Rule, RuleFilter } from '../rules/rule.ts';
import type { AmqpValue } from '../wire/decode.ts';
import { mapIn, ok, refused, requiredTextIn, type ReceiverOperation } from './operation.ts';

type AmqpMap = ReadonlyMap<string, AmqpValue>;

const textAt = (map: AmqpMap, name: string): string | undefined => {
  const value = map.get(name);
  return typeof value === 'string' ? value : undefined;
};

/** Names on the wire (AMQP request/response operations of Service Bus, "Rule operations"). */
const systemNames = {
  correlationId: 'correlation-id',
  messageId: 'message-id',
  to: 'to',
  replyTo: 'reply-to',
  subject: 'label',
  sessionId: 'session-id',
  replyToSessionId: 'reply-to-session-id',
  contentType: 'content-type',
} as const;

const applicationProperties = (map: AmqpValue): Record<string, string | number | boolean> => {
  const wanted: Record<string, string | number | boolean> = {};
  if (!(map instanceof Map)) return wanted;
  for (const [name, value] of map) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw new Error(
        `'${name}' is neither text, number nor boolean; a correlation filter takes nothing else here.`,
      );
    }
    wanted[name] = value;
  }
  return wanted;
};

const correlation = (map: AmqpMap): CorrelationFilter => {
  const wanted = Object.entries(systemNames).flatMap(([name, onWire]) => {
    const value = textAt(map, onWire);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    type: 'correlation',
    ...Object.fromEntries(wanted),
    applicationProperties: applicationProperties(map.get('properties') ?? null),
  };
};

const filterIn = (description: AmqpMap): RuleFilter => {
  const sql = description.get('sql-filter');
  if (sql instanceof Map) return { type: 'sql', expression: textAt(sql, 'expression') ?? '' };
  const equal = description.get('correlation-filter');
  if (equal instanceof Map) return correlation(equal);
  throw new Error('The rule has no filter.');
};

const ruleIn = (name: string, description: AmqpMap): Rule => {
  const action = description.get('sql-rule-action');
  if (action instanceof Map && textAt(action, 'expression') !== undefined) {
    throw new Error('Rules have no actions here.');
  }
  return { name, filter: filterIn(description) };
};

/** `com.microsoft:add-rule`: takes effect with the next message. */
export const addRule: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    if (call.entity.rules === undefined) return refused(noRulesHere());
    const rule = ruleIn(requiredTextIn(call, 'rule-name'), mapIn(call, 'rule-description'));
    const refusal = await call.entity.rules.add(rule);
    return refusal === undefined ? ok() : refused(refusal);
  },
};
