import type { ByteBuffer } from './byteBuffer.ts';
import { textFragment, type Fragment } from './fragment.ts';

/** 1 where a byte of UTF-8 text cannot stand in XML as it is, 2 where a noncharacter may begin. */
const special = new Uint8Array(256);
special.fill(1, 0, 32);
for (const plain of '\t\n') special[plain.charCodeAt(0)] = 0;
for (const markup of '&<>') special[markup.charCodeAt(0)] = 1;
special[0xef] = 2;

const entities = Array.from({ length: 64 }, (_, byte) =>
  textFragment(
    { 0x26: '&amp;', 0x3c: '&lt;', 0x3e: '&gt;' }[byte] ?? `&#x${byte.toString(16).toUpperCase()};`,
  ),
);

const noncharacters = [textFragment('&#xFFFE;'), textFragment('&#xFFFF;')];

/**
 * Writes UTF-8 text as .NET's text writer escapes it: `&`, `<`, `>` by name; carriage return, control characters and
 * U+FFFE, U+FFFF by number. XML 1.0 forbids most of the latter even so; .NET's dictionary reader takes them.
 */
export const writeXmlText = (out: ByteBuffer, bytes: Uint8Array, start: number, end: number): void => {
  let run = start;
  for (let at = start; at < end; at += 1) {
    const kind = special[bytes[at] as number] as number;
    if (kind === 0) continue;
    const entity = kind === 1 ? entities[bytes[at] as number] : noncharacterAt(bytes, at);
    if (entity === undefined) continue;
    out.copy(bytes, run, at);
    out.fragment(entity);
    if (kind === 2) at += 2;
    run = at + 1;
  }
  out.copy(bytes, run, end);
};

const noncharacterAt = (bytes: Uint8Array, at: number): Fragment | undefined =>
  bytes[at + 1] === 0xbf ? noncharacters[(bytes[at + 2] as number) - 0xbe] : undefined;
