import { flags } from '../json/tape.ts';
import type { DateTimeParts } from '../values/dateTime.ts';
import type { Decimal } from '../values/decimal.ts';
import { writeBinaryArray } from './binaryArray.ts';
import * as numbers from './binaryNumbers.ts';
import { writeBytes, writeText, writeWideText } from './binaryText.ts';
import type { ByteBuffer } from './byteBuffer.ts';
import { fragment } from './fragment.ts';
import type { Element, Mark } from './markup.ts';
import { endElement, records, withEnd } from './records.ts';
import type { ArrayValues, Sink } from './sink.ts';
import type { TextRun } from './textRun.ts';

/** `i:nil="true"` and the end of the element. */
const nil = fragment(Buffer.from([0x2e, 3, 0x6e, 0x69, 0x6c, records.true, endElement]));

/** Writes .NET binary XML ([MC-NBFX]) without any dictionary: every name stands in the document. */
export class BinarySink implements Sink {
  private readonly out: ByteBuffer;

  constructor(out: ByteBuffer) {
    this.out = out;
  }

  open(element: Element): void {
    this.out.fragment(element.record);
  }

  mark(mark: Mark): void {
    this.out.fragment(mark.binary);
  }

  begin(): void {
    // The start record needs no closing bracket.
  }

  close(): void {
    this.out.byte(endElement);
  }

  empty(): void {
    this.out.byte(endElement);
  }

  nil(): void {
    this.out.fragment(nil);
  }

  string(_element: Element, text: TextRun): void {
    if ((text.seen & flags.wide) === 0) writeText(this.out, text.bytes, text.start, text.end);
    else writeWideText(this.out, text.bytes, text.start, text.end);
  }

  name(_element: Element, text: string): void {
    this.out.byte(withEnd(records.chars8));
    this.out.byte(text.length);
    this.out.ascii(text);
  }

  plain(_element: Element, bytes: Uint8Array, start: number, end: number): void {
    this.out.byte(withEnd(records.chars8));
    this.out.byte(end - start);
    this.out.copy(bytes, start, end);
  }

  boolean(_element: Element, value: boolean): void {
    this.out.byte(withEnd(value ? records.true : records.false));
  }

  int(_element: Element, value: number): void {
    numbers.writeInt(this.out, value);
  }

  long(_element: Element, value: bigint): void {
    numbers.writeLong(this.out, value);
  }

  shortDecimal(_element: Element, bytes: Uint8Array, start: number, end: number): void {
    this.out.byte(withEnd(records.decimal));
    numbers.writeShortDecimal(this.out, bytes, start, end);
  }

  decimal(_element: Element, value: Decimal): void {
    this.out.byte(withEnd(records.decimal));
    numbers.writeDecimal(this.out, value);
  }

  double(_element: Element, value: number): void {
    numbers.writeDouble(this.out, value);
  }

  dateTime(_element: Element, value: DateTimeParts): void {
    this.out.byte(withEnd(records.dateTime));
    numbers.writeDateTime(this.out, value);
  }

  base64(_element: Element, value: Uint8Array): void {
    writeBytes(this.out, value);
  }

  array(item: Element, array: ArrayValues): void {
    writeBinaryArray(this.out, item, array);
  }
}
