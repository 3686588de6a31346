import { endOf, flags, headOf, startOf, type Tape } from './tape.ts';

const letters: Readonly<Record<number, string>> = {
  0x62: '\b',
  0x66: '\f',
  0x6e: '\n',
  0x72: '\r',
  0x74: '\t',
};

/** Text of a string node. Escapes are resolved; a surrogate without its partner becomes U+FFFD, as in every format. */
export const jsonText = (tape: Tape, node: number): string => {
  const start = startOf(tape, node);
  const end = endOf(tape, node);
  const head = headOf(tape, node);
  if ((head & (flags.escaped | flags.wide)) === 0) return tape.bytes.toString('latin1', start, end);
  if ((head & flags.escaped) === 0) return tape.bytes.toString('utf8', start, end);
  return wellFormed(unescape(tape.bytes, start, end));
};

/** With the `u` flag a surrogate matches only where it stands alone. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

const unescape = (bytes: Buffer, start: number, end: number): string => {
  let text = '';
  let run = start;
  for (let at = bytes.indexOf(0x5c, start); at !== -1 && at < end; at = bytes.indexOf(0x5c, run)) {
    const letter = bytes[at + 1] ?? 0;
    text += bytes.toString('utf8', run, at);
    if (letter === 0x75) {
      text += String.fromCharCode(Number.parseInt(bytes.toString('latin1', at + 2, at + 6), 16));
      run = at + 6;
    } else {
      text += letters[letter] ?? String.fromCharCode(letter);
      run = at + 2;
    }
  }
  return text + bytes.toString('utf8', run, end);
};
