import { instanceNamespace, contractsNamespace } from '../contracts/namespaces.ts';
import type { Tape } from '../json/tape.ts';
import { tokenize } from '../json/tokenizer.ts';
import { writeAnyValue } from './anyValue.ts';
import { BinarySink } from './binarySink.ts';
import { ByteBuffer } from './byteBuffer.ts';
import { rootContract } from './compiled.ts';
import type { Conversion } from './conversion.ts';
import { compileHints, type Hints, type HintsMap } from './hints.ts';
import { markOf, type Element } from './markup.ts';
import { writeMembers } from './members.ts';
import { rootScope } from './scope.ts';
import type { Sink } from './sink.ts';
import { TextRun } from './textRun.ts';
import { XmlSink } from './xmlSink.ts';

const named = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]);

/** Default namespace and `i`, on the root element. */
const rootMark = markOf({
  xml: Buffer.from(` xmlns="${contractsNamespace}" xmlns:i="${instanceNamespace}"`, 'latin1'),
  binary: Buffer.concat([
    Buffer.of(0x08),
    named(contractsNamespace),
    Buffer.of(0x09),
    named('i'),
    named(instanceNamespace),
  ]),
});

const root = rootContract.item[0] as Element;

/** Space that stays for the next document, unless a large one has made it larger than this. */
const keptBytes = 4 * 1024 * 1024;

/** One document at a time: a conversion is one synchronous call, so its space can serve the next. */
interface Workspace {
  out: ByteBuffer;
  nodes: Tape['nodes'];
  readonly text: TextRun;
}

const newWorkspace = (): Workspace => ({
  out: new ByteBuffer(64 * 1024),
  nodes: new Int32Array(16 * 1024),
  text: new TextRun(),
});

const write = (json: Uint8Array, space: Workspace, sink: Sink, hints: Hints | undefined): Uint8Array => {
  space.out.length = 0;
  const tape = tokenize(json, space.nodes);
  if (tape.nodes.byteLength <= keptBytes) space.nodes = tape.nodes;
  const text = space.text.from(tape);
  const conversion: Conversion = { tape, sink, text, hints, members: writeMembers, anyValue: writeAnyValue };
  sink.open(root);
  sink.mark(rootMark);
  sink.begin();
  writeMembers(conversion, rootContract, 0, rootScope);
  sink.close(root);
  const bytes = space.out.finish();
  if (space.out.bytes.length > keptBytes) Object.assign(space, newWorkspace());
  return bytes;
};

export interface Converter {
  /** Text XML (`application/xml`), byte for byte what DataContractSerializer writes. */
  readonly toXml: (json: Uint8Array) => Uint8Array;
  /** .NET binary XML (`application/msbin1`). */
  readonly toBinary: (json: Uint8Array) => Uint8Array;
}

/**
 * Converts execution contexts from JSON, as Dataverse posts them, to the two other formats, by the rules of
 * docs/formats.md. Throws a ContextError for a context that cannot be carried without loss; never half a document.
 */
export const makeConverter = (hintsMap: HintsMap = {}): Converter => {
  const hints = compileHints(hintsMap);
  let space: Workspace | undefined;
  return {
    toXml: (json) => {
      space ??= newWorkspace();
      return write(json, space, new XmlSink(space.out), hints);
    },
    toBinary: (json) => {
      space ??= newWorkspace();
      return write(json, space, new BinarySink(space.out), hints);
    },
  };
};
