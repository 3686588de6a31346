import { prefixedNamespaces, type Namespace, type PrefixedNamespace } from '../contracts/namespaces.ts';
import { fragment, textFragment, type Fragment } from './fragment.ts';
import { isPrefixed, letterCount, letterText, prefixText, shiftOf } from './scope.ts';

/** The bytes of one piece of markup in both formats, made once when the module loads. */
export interface Element {
  readonly open: Fragment;
  readonly close: Fragment;
  readonly record: Fragment;
}

/** An attribute, or several that always stand together. */
export interface Mark {
  readonly xml: Fragment;
  readonly binary: Fragment;
}

/** The same as bytes, while it is put together. */
interface RawMark {
  readonly xml: Buffer;
  readonly binary: Buffer;
}

export const markOf = ({ xml, binary }: RawMark): Mark => ({ xml: fragment(xml), binary: fragment(binary) });

/** Records of [MC-NBFX] that name things. A prefix of one letter is part of the record's type. */
const records = {
  xmlnsAttribute: 0x09,
  prefixAttribute: 0x26,
  element: 0x40,
  prefixElement: 0x5e,
  text: 0x98,
};

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

/** A name with its length; all our names are shorter than 128 bytes, so the length is one byte. */
const named = (text: string): Buffer => Buffer.concat([Buffer.of(bytesOf(text).length), bytesOf(text)]);

const recordOf = (letter: number, name: string): Buffer =>
  Buffer.concat([
    Buffer.of(letter === 0 ? records.element : records.prefixElement + letter - 1),
    named(name),
  ]);

/** An element of this name under each prefix, by the prefix's number. */
export const elementNamed = (name: string): readonly Element[] =>
  Array.from({ length: letterCount + 1 }, (_, letter) => ({
    open: textFragment(`<${prefixText(letter)}${name}`),
    close: textFragment(`</${prefixText(letter)}${name}>`),
    record: fragment(recordOf(letter, name)),
  }));

/** `xmlns:a="uri"` under each prefix. */
const declarationOf = (namespace: PrefixedNamespace, letter: number): RawMark => ({
  xml: bytesOf(` xmlns:${letterText(letter)}="${prefixedNamespaces[namespace]}"`),
  binary: Buffer.concat([
    Buffer.of(records.xmlnsAttribute),
    named(letterText(letter)),
    named(prefixedNamespaces[namespace]),
  ]),
});

/** How a namespace is declared, by the number of its prefix (index 0 is unused). */
export interface Declarable {
  readonly shift: number;
  readonly declarations: readonly Mark[];
}

export const declarable = (namespace: PrefixedNamespace): Declarable => ({
  shift: shiftOf(namespace),
  declarations: Array.from({ length: letterCount + 1 }, (_, letter) =>
    markOf(declarationOf(namespace, letter)),
  ),
});

/** `i:type` naming a type, by the prefix's number: where the prefix is known, and where the attribute declares it. */
export interface TypeMark {
  /** Undefined for types in the default namespace, which have one mark only: `known[0]`. */
  readonly shift: number | undefined;
  readonly known: readonly Mark[];
  readonly declaring: readonly Mark[];
}

const typeAttribute = (letter: number, name: string): RawMark => ({
  xml: bytesOf(` i:type="${prefixText(letter)}${name}"`),
  binary: Buffer.concat([
    Buffer.of(records.prefixAttribute + 8),
    named('type'),
    Buffer.of(records.text),
    named(prefixText(letter) + name),
  ]),
});

const together = (one: RawMark, other: RawMark): RawMark => ({
  xml: Buffer.concat([one.xml, other.xml]),
  binary: Buffer.concat([one.binary, other.binary]),
});

export const typeMark = (name: string, namespace: Namespace): TypeMark => {
  const letters = Array.from({ length: letterCount + 1 }, (_, letter) => letter);
  if (!isPrefixed(namespace))
    return { shift: undefined, known: [markOf(typeAttribute(0, name))], declaring: [] };
  return {
    shift: shiftOf(namespace),
    known: letters.map((letter) => markOf(typeAttribute(letter, name))),
    declaring: letters.map((letter) =>
      markOf(together(typeAttribute(letter, name), declarationOf(namespace, letter))),
    ),
  };
};
