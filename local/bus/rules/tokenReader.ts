import type { Token } from './tokens.ts';

/** Walks over the tokens of an expression. */
export interface TokenReader {
  peek(): Token | undefined;
  /** Takes the next token. @throws Error at the end. */
  next(): Token;
  /** Takes the next token when it is this sign or keyword. */
  accept(text: string): boolean;
  /** @throws Error when the next token is not this sign or keyword. */
  expect(text: string): void;
}

const isText = (token: Token | undefined, text: string): boolean =>
  (token?.kind === 'sign' || token?.kind === 'keyword') && token.text === text;

export const createTokenReader = (tokens: readonly Token[]): TokenReader => {
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const accept = (text: string): boolean => {
    if (!isText(peek(), text)) return false;
    at += 1;
    return true;
  };
  return {
    peek,
    accept,
    next: () => {
      const token = peek();
      if (token === undefined) throw new Error('it ends too early');
      at += 1;
      return token;
    },
    expect: (text) => {
      if (accept(text)) return;
      throw new Error(`'${text}' was expected, not '${peek()?.text ?? 'the end'}'`);
    },
  };
};
