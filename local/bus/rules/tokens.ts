/** A piece of a filter expression. */
export type Token =
  /** Upper case; a regular identifier that is a reserved word. */
  | { readonly kind: 'keyword'; readonly text: string }
  /** A name as the property has it, without brackets or quotes. `isPlain`: written without them. */
  | { readonly kind: 'name'; readonly text: string; readonly isPlain: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

const keywords = new Set([
  ...['AND', 'OR', 'NOT', 'IN', 'LIKE', 'ESCAPE', 'IS', 'NULL', 'EXISTS', 'TRUE', 'FALSE'],
]);

/** By lexical class, in the order they are tried; each is anchored where the last token ended. */
const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['keyword', /\p{L}[_\p{L}\p{Nd}]*/uy],
  ['name', /\[(?:[^\]]|\]\])+\]|"(?:[^"]|"")+"/y],
  ['text', /'(?:[^']|'')*'/y],
  ['sign', /<>|!=|>=|<=|[=<>()+\-*/%,.]/y],
];

/** Takes the delimiters off; a doubled closing delimiter stands for itself. */
const unquote = (quoted: string): string => {
  const close = quoted.slice(-1);
  return quoted.slice(1, -1).replaceAll(close + close, close);
};

const tokenOf = (kind: Token['kind'], text: string): Token => {
  if (kind === 'name') return { kind, text: unquote(text), isPlain: false };
  if (kind === 'text') return { kind, text: unquote(text) };
  if (kind !== 'keyword') return { kind, text };
  const upper = text.toUpperCase();
  return keywords.has(upper) ? { kind, text: upper } : { kind: 'name', text, isPlain: true };
};

const tokenAt = (expression: string, start: number): readonly [Token, end: number] => {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const match = pattern.exec(expression);
    if (match !== null) return [tokenOf(kind, match[0]), pattern.lastIndex];
  }
  throw new Error(
    `there is something unknown at position ${start}: '${expression.slice(start, start + 10)}'`,
  );
};

/**
 * Cuts a filter expression into tokens (Service Bus documentation, "Subscription Rule SQL Filter Syntax").
 *
 * @throws Error when there is something that is no token.
 */
export const tokensOf = (expression: string): Token[] => {
  const tokens: Token[] = [];
  const blank = /\s*/y;
  for (let at = 0; ;) {
    blank.lastIndex = at;
    blank.exec(expression);
    if (blank.lastIndex >= expression.length) return tokens;
    const [token, end] = tokenAt(expression, blank.lastIndex);
    tokens.push(token);
    at = end;
  }
};
