import type { DateTimeParts } from '../values/dateTime.ts';
import type { Decimal } from '../values/decimal.ts';
import type { Element, Mark } from './markup.ts';
import type { TextRun } from './textRun.ts';

/** Values of an array of simple values, each with its item element. */
export type ArrayValues =
  | { readonly kind: 'int'; readonly values: readonly number[] }
  | { readonly kind: 'long'; readonly values: readonly bigint[] }
  | { readonly kind: 'double'; readonly values: readonly number[] }
  | { readonly kind: 'decimal'; readonly values: readonly Decimal[] }
  | { readonly kind: 'dateTime'; readonly values: readonly DateTimeParts[] }
  | { readonly kind: 'boolean'; readonly values: readonly boolean[] };

/**
 * What a format does with a document that is walked once. An element is opened, may get marks, and is then ended by
 * exactly one of: a value (which closes it), `nil`, `empty`, or `begin` with children and `close`.
 */
export interface Sink {
  open(element: Element): void;
  mark(mark: Mark): void;
  begin(): void;
  close(element: Element): void;
  empty(): void;
  nil(): void;
  string(element: Element, text: TextRun): void;
  /** ASCII text that the format keeps as text: a guid, the name of an enumeration's value. */
  name(element: Element, text: string): void;
  /** The same from 2 to 85 bytes that need no escapes. */
  plain(element: Element, bytes: Uint8Array, start: number, end: number): void;
  boolean(element: Element, value: boolean): void;
  int(element: Element, value: number): void;
  long(element: Element, value: bigint): void;
  /** A decimal of at most 15 digits, without exponent and not negative zero, as its bytes. */
  shortDecimal(element: Element, bytes: Uint8Array, start: number, end: number): void;
  decimal(element: Element, value: Decimal): void;
  double(element: Element, value: number): void;
  dateTime(element: Element, value: DateTimeParts): void;
  base64(element: Element, value: Uint8Array): void;
  /** Items of an element that is begun. */
  array(item: Element, array: ArrayValues): void;
}
