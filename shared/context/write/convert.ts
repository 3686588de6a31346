import { instanceNamespace, contractsNamespace } from '../contracts/namespaces.ts';
import { tokenize } from '../json/tokenizer.ts';
import { writeAnyValue } from './anyValue.ts';
import { BinarySink } from './binarySink.ts';
import { ByteBuffer } from './byteBuffer.ts';
import { rootContract } from './compiled.ts';
import type { Conversion } from './conversion.ts';
import { compileHints, type Hints, type HintsMap } from './hints.ts';
import type { Element, Mark } from './markup.ts';
import { writeMembers } from './members.ts';
import { rootScope } from './scope.ts';
import type { Sink } from './sink.ts';
import { TextRun } from './textRun.ts';
import { XmlSink } from './xmlSink.ts';

const named = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]);

/** Default namespace and `i`, on the root element. */
const rootMark: Mark = {
  xml: Buffer.from(` xmlns="${contractsNamespace}" xmlns:i="${instanceNamespace}"`, 'latin1'),
  binary: Buffer.concat([
    Buffer.of(0x08),
    named(contractsNamespace),
    Buffer.of(0x09),
    named('i'),
    named(instanceNamespace),
  ]),
};

const root = rootContract.item[0] as Element;

/** Bytes to begin with: text XML is about twice its JSON, binary up to 1.7 times. */
const expected = (json: Uint8Array, factor: number): number => Math.ceil(json.length * factor) + 2048;

const write = (json: Uint8Array, sink: Sink, hints: Hints | undefined): void => {
  const tape = tokenize(json);
  const text = new TextRun(tape);
  const conversion: Conversion = { tape, sink, text, hints, members: writeMembers, anyValue: writeAnyValue };
  sink.open(root);
  sink.mark(rootMark);
  sink.begin();
  writeMembers(conversion, rootContract, 0, rootScope);
  sink.close(root);
};

export interface Converter {
  /** Text XML (`application/xml`), byte for byte what DataContractSerializer writes. */
  toXml(json: Uint8Array): Uint8Array;
  /** .NET binary XML (`application/msbin1`). */
  toBinary(json: Uint8Array): Uint8Array;
}

/**
 * Converts execution contexts from JSON, as Dataverse posts them, to the two other formats, by the rules of
 * docs/formats.md. Throws a ContextError for a context that cannot be carried without loss; never half a document.
 */
export const makeConverter = (hintsMap: HintsMap = {}): Converter => {
  const hints = compileHints(hintsMap);
  return {
    toXml: (json) => {
      const out = new ByteBuffer(expected(json, 2.25));
      write(json, new XmlSink(out), hints);
      return out.finish();
    },
    toBinary: (json) => {
      const out = new ByteBuffer(expected(json, 1.75));
      write(json, new BinarySink(out), hints);
      return out.finish();
    },
  };
};
