import type { MessageFacts } from './messageFacts.ts';
import { parseSql } from './parseSql.ts';
import type { CorrelationFilter, Rule, RuleFilter } from './rule.ts';
import { equals } from './sqlValue.ts';

/** Tells whether a message passes. */
export type Matches = (facts: MessageFacts) => boolean;

/** Service Bus documentation, "Service Bus quotas": maximum length of a filter condition string. */
const longestExpression = 1024;

const systemProperties = [
  ...(['correlationId', 'messageId', 'to', 'replyTo', 'subject'] as const),
  ...(['sessionId', 'replyToSessionId', 'contentType'] as const),
];

/** Texts must be equal to the letter, numbers by their value. */
const correlation = ({ applicationProperties = {}, ...filter }: CorrelationFilter): Matches => {
  const wanted = systemProperties.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  const user = Object.entries(applicationProperties);
  return (facts) =>
    wanted.every(([name, value]) => facts.system(name) === value) &&
    user.every(([name, value]) => equals(facts.user(name), value) === true);
};

const sql = (expression: string): Matches => {
  if (expression.length > longestExpression) {
    throw new Error(`it is longer than ${longestExpression} characters`);
  }
  const evaluate = parseSql(expression);
  return (facts) => evaluate(facts) === true;
};

const filterOf = (filter: RuleFilter): Matches => {
  switch (filter.type) {
    case 'true':
      return () => true;
    case 'false':
      return () => false;
    case 'sql':
      return sql(filter.expression);
    case 'correlation':
      return correlation(filter);
  }
};

const named = ({ name, filter }: Rule): Matches => {
  try {
    return filterOf(filter);
  } catch (error) {
    throw new Error(`The filter of rule '${name}' cannot be used: ${(error as Error).message}.`, {
      cause: error,
    });
  }
};

/**
 * A message that matches several rules comes once: only rules with actions make copies of their own (Service Bus
 * documentation, "Topic filters and actions").
 *
 * @throws Error when a filter cannot be used.
 */
export const compileRules = (rules: readonly Rule[]): Matches => {
  const filters = rules.map(named);
  return (facts) => filters.some((matches) => matches(facts));
};
