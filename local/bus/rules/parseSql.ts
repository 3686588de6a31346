import { randomUUID } from 'node:crypto';
import { like } from './like.ts';
import { isSystemProperty, type MessageFacts } from './messageFacts.ts';
import { and, not, operators, or } from './operators.ts';
import { equals, isNumeric, type SqlValue } from './sqlValue.ts';
import { createTokenReader, type TokenReader } from './tokenReader.ts';
import { tokensOf, type Token } from './tokens.ts';

/** An expression ready to be applied to messages. */
type Evaluate = (facts: MessageFacts) => SqlValue;

interface Property {
  readonly isSystem: boolean;
  readonly name: string;
}

const comparisons = ['=', '<>', '!=', '<', '<=', '>', '>='];

const systemProperty = (name: string): Property => {
  if (isSystemProperty(name.toLowerCase())) return { isSystem: true, name: name.toLowerCase() };
  throw new Error(`there is no system property 'sys.${name}'`);
};

const nameIn = (token: Token): string => {
  if (token.kind !== 'name') throw new Error(`the name of a property was expected, not '${token.text}'`);
  return token.text;
};

/** `[<scope> .] <property_name>`; the first name has been taken already. */
const property = (reader: TokenReader, first: Token): Property => {
  const name = nameIn(first);
  if (first.kind !== 'name' || !first.isPlain || !reader.accept('.')) return { isSystem: false, name };
  const scope = name.toLowerCase();
  if (scope === 'sys') return systemProperty(nameIn(reader.next()));
  if (scope === 'user') return { isSystem: false, name: nameIn(reader.next()) };
  throw new Error(`'${name}' is no scope: there are sys and user`);
};

const valueOf =
  ({ isSystem, name }: Property): Evaluate =>
  (facts) =>
    isSystem ? facts.system(name) : facts.user(name);

const exists = (reader: TokenReader): Evaluate => {
  reader.expect('(');
  const { isSystem, name } = property(reader, reader.next());
  reader.expect(')');
  return (facts) => (isSystem ? facts.system(name) !== undefined : facts.hasUser(name));
};

const call = (reader: TokenReader, name: string): Evaluate => {
  if (name.toLowerCase() === 'newid') {
    reader.expect(')');
    return () => randomUUID();
  }
  if (name.toLowerCase() !== 'property' && name.toLowerCase() !== 'p') {
    throw new Error(`there is no function '${name}'`);
  }
  const argument = disjunction(reader);
  reader.expect(')');
  return (facts) => {
    const value = argument(facts);
    return typeof value === 'string' ? facts.user(value) : undefined;
  };
};

const numberOf = (text: string): SqlValue => (/^\d+$/.test(text) ? BigInt(text) : Number(text));

const constants: Readonly<Record<string, SqlValue>> = { TRUE: true, FALSE: false, NULL: undefined };

const primary = (reader: TokenReader): Evaluate => {
  const token = reader.next();
  if (token.kind === 'text') return () => token.text;
  if (token.kind === 'number') {
    const value = numberOf(token.text);
    return () => value;
  }
  if (token.kind === 'name') {
    if (token.isPlain && reader.accept('(')) return call(reader, token.text);
    return valueOf(property(reader, token));
  }
  if (token.kind === 'keyword' && token.text in constants) return () => constants[token.text];
  if (token.text === 'EXISTS') return exists(reader);
  if (token.text !== '(') throw new Error(`a value was expected, not '${token.text}'`);
  const inner = disjunction(reader);
  reader.expect(')');
  return inner;
};

const unary = (reader: TokenReader): Evaluate => {
  const isMinus = reader.accept('-');
  if (!isMinus && !reader.accept('+')) return primary(reader);
  const operand = unary(reader);
  return (facts) => {
    const value = operand(facts);
    if (!isNumeric(value)) return undefined;
    return isMinus ? -value : value;
  };
};

/** Operators of one precedence, left to right. */
const chain =
  (signs: readonly string[], operand: (reader: TokenReader) => Evaluate) =>
  (reader: TokenReader): Evaluate => {
    let left = operand(reader);
    for (;;) {
      const sign = signs.find((candidate) => reader.accept(candidate));
      if (sign === undefined) return left;
      const [first, second, operator] = [left, operand(reader), binary(sign)];
      left = (facts) => operator(first(facts), second(facts));
    }
  };

const binary = (sign: string): ((left: SqlValue, right: SqlValue) => SqlValue) => {
  if (sign === 'AND') return and;
  if (sign === 'OR') return or;
  return operators[sign] ?? (() => undefined);
};

const product = chain(['*', '/', '%'], unary);
const sum = chain(['+', '-'], product);

const inList = (reader: TokenReader, left: Evaluate): Evaluate => {
  reader.expect('(');
  const items = [sum(reader)];
  while (reader.accept(',')) items.push(sum(reader));
  reader.expect(')');
  return (facts) => {
    const value = left(facts);
    return value === undefined ? undefined : items.some((item) => equals(value, item(facts)) === true);
  };
};

const likePattern = (reader: TokenReader, left: Evaluate): Evaluate => {
  const pattern = sum(reader);
  const escape = reader.accept('ESCAPE') ? sum(reader) : undefined;
  return (facts) => like(left(facts), pattern(facts), escape?.(facts));
};

const isNull = (reader: TokenReader, left: Evaluate): Evaluate => {
  const isNegated = reader.accept('NOT');
  reader.expect('NULL');
  return (facts) => (left(facts) === undefined) !== isNegated;
};

const predicate = (reader: TokenReader): Evaluate => {
  const left = sum(reader);
  if (reader.accept('IS')) return isNull(reader, left);
  const isNegated = reader.accept('NOT');
  const test = reader.accept('IN')
    ? inList(reader, left)
    : reader.accept('LIKE')
      ? likePattern(reader, left)
      : undefined;
  if (test !== undefined) return isNegated ? (facts) => not(test(facts)) : test;
  if (isNegated) throw new Error(`'IN' or 'LIKE' was expected after 'NOT'`);
  const sign = comparisons.find((candidate) => reader.accept(candidate));
  if (sign === undefined) return left;
  const [right, operator] = [sum(reader), binary(sign)];
  return (facts) => operator(left(facts), right(facts));
};

const negation = (reader: TokenReader): Evaluate => {
  if (!reader.accept('NOT')) return predicate(reader);
  const operand = negation(reader);
  return (facts) => not(operand(facts));
};

const conjunction = chain(['AND'], negation);

function disjunction(reader: TokenReader): Evaluate {
  return chain(['OR'], conjunction)(reader);
}

/**
 * Reads a SQL filter (Service Bus documentation, "Subscription Rule SQL Filter Syntax").
 *
 * @throws Error with words that go on from "the filter cannot be used:".
 */
export const parseSql = (expression: string): Evaluate => {
  const reader = createTokenReader(tokensOf(expression));
  const evaluate = disjunction(reader);
  const left = reader.peek();
  if (left !== undefined) throw new Error(`there is something left over: '${left.text}'`);
  return evaluate;
};
