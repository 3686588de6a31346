import { flags } from '../json/tape.ts';
import { xmlDateText, type DateTimeParts } from '../values/dateTime.ts';
import { decimalText, type Decimal } from '../values/decimal.ts';
import { doubleText } from '../values/double.ts';
import type { ByteBuffer } from './byteBuffer.ts';
import { textFragment } from './fragment.ts';
import type { Element, Mark } from './markup.ts';
import type { ArrayValues, Sink } from './sink.ts';
import type { TextRun } from './textRun.ts';
import { writeXmlText } from './xmlText.ts';

const emptyEnd = textFragment('/>');
const nil = textFragment(' i:nil="true"/>');
const greaterThan = 0x3e;

/** What a string may hold that XML text cannot carry as it stands. */
const mayNeedEscapes = flags.markup | flags.noncharacter | flags.escaped;

/** Writes text XML as DataContractSerializer does: no declaration, no white space between elements. */
export class XmlSink implements Sink {
  private readonly out: ByteBuffer;

  constructor(out: ByteBuffer) {
    this.out = out;
  }

  open(element: Element): void {
    this.out.fragment(element.open);
  }

  mark(mark: Mark): void {
    this.out.fragment(mark.xml);
  }

  begin(): void {
    this.out.byte(greaterThan);
  }

  close(element: Element): void {
    this.out.fragment(element.close);
  }

  empty(): void {
    this.out.fragment(emptyEnd);
  }

  nil(): void {
    this.out.fragment(nil);
  }

  string(element: Element, text: TextRun): void {
    if (text.start === text.end) {
      this.empty();
      return;
    }
    this.begin();
    if ((text.seen & mayNeedEscapes) === 0) this.out.copy(text.bytes, text.start, text.end);
    else writeXmlText(this.out, text.bytes, text.start, text.end);
    this.close(element);
  }

  name(element: Element, text: string): void {
    this.begin();
    this.out.ascii(text);
    this.close(element);
  }

  boolean(element: Element, value: boolean): void {
    this.name(element, value ? 'true' : 'false');
  }

  int(element: Element, value: number): void {
    this.name(element, String(value));
  }

  long(element: Element, value: bigint): void {
    this.name(element, value.toString());
  }

  plain(element: Element, bytes: Uint8Array, start: number, end: number): void {
    this.begin();
    this.out.copy(bytes, start, end);
    this.close(element);
  }

  shortDecimal(element: Element, bytes: Uint8Array, start: number, end: number): void {
    this.plain(element, bytes, start, end);
  }

  decimal(element: Element, value: Decimal): void {
    this.name(element, decimalText(value));
  }

  double(element: Element, value: number): void {
    this.name(element, doubleText(value));
  }

  dateTime(element: Element, value: DateTimeParts): void {
    this.name(element, xmlDateText(value));
  }

  base64(element: Element, value: Uint8Array): void {
    if (value.length === 0) {
      this.empty();
      return;
    }
    this.name(element, Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64'));
  }

  array(item: Element, array: ArrayValues): void {
    for (const value of array.values) {
      this.open(item);
      this.item(item, array.kind, value);
    }
  }

  private item(item: Element, kind: ArrayValues['kind'], value: ArrayValues['values'][number]): void {
    if (typeof value === 'bigint') this.long(item, value);
    else if (typeof value === 'boolean') this.boolean(item, value);
    else if (typeof value === 'number') this[kind === 'double' ? 'double' : 'int'](item, value);
    else if ('mantissa' in value) this.decimal(item, value);
    else this.dateTime(item, value);
  }
}
