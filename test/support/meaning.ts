import { jsonText } from '../../shared/context/json/jsonText.ts';
import {
  afterOf,
  endOf,
  kindOf,
  kinds,
  nodeSize,
  startOf,
  type Tape,
} from '../../shared/context/json/tape.ts';
import { tokenize } from '../../shared/context/json/tokenizer.ts';
import { parseJsonDate, xmlDateText } from '../../shared/context/values/dateTime.ts';
import { decimalText, parseDecimal } from '../../shared/context/values/decimal.ts';
import { doubleText } from '../../shared/context/values/double.ts';

/** A number by value and scale: `1e2` means 100, `1.0` and `1.00` stay apart. */
const numberMeaning = (text: string): string => {
  const decimal = parseDecimal(text);
  if (decimal !== undefined && (decimal.mantissa !== 0n || Number(text) === 0)) return decimalText(decimal);
  return doubleText(Number(text));
};

/** A date by its wall clock and kind: `/Date(0+0200)/` means 02:00 of no zone. */
const stringMeaning = (text: string): string => {
  const date = parseJsonDate(text);
  return date === undefined ? `"${text}"` : `date ${xmlDateText(date)}`;
};

const membersOf = (tape: Tape, node: number): Record<string, unknown> => {
  const members: [string, unknown][] = [];
  for (let key = node + nodeSize; key < afterOf(tape, node); key = afterOf(tape, key + nodeSize)) {
    members.push([jsonText(tape, key), nodeMeaning(tape, key + nodeSize)]);
  }
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
};

const nodeMeaning = (tape: Tape, node: number): unknown => {
  switch (kindOf(tape, node)) {
    case kinds.number:
      return numberMeaning(tape.bytes.toString('latin1', startOf(tape, node), endOf(tape, node)));
    case kinds.string:
      return stringMeaning(jsonText(tape, node));
    case kinds.object:
      return membersOf(tape, node);
    case kinds.array: {
      const items: unknown[] = [];
      for (let item = node + nodeSize; item < afterOf(tape, node); item = afterOf(tape, item)) {
        items.push(nodeMeaning(tape, item));
      }
      return items;
    }
    default:
      return kindOf(tape, node);
  }
};

/**
 * What a JSON document says, whatever its text: numbers by value and scale, strings by their characters (a surrogate
 * alone as U+FFFD), dates by wall clock and kind, members by name whatever their order. Two documents that mean the
 * same are equal as text.
 */
export const meaningOf = (json: Uint8Array): string =>
  JSON.stringify(nodeMeaning(tokenize(json), 0), undefined, 1);
