import { decodeText } from './decode.ts';
import { encodeMap, encodeSection, encodeString } from './encode.ts';
import { afterDescriptor, itemsOf } from './layout.ts';
import { sectionCode } from './sections.ts';

/** Properties to set, by name; the values are encoded AMQP values, so that their types survive. */
export type PropertyChanges = ReadonlyMap<string, Buffer>;

export const noChanges: PropertyChanges = new Map();

/**
 * An application-properties section with `changes` made: what is not named keeps its bytes and its place.
 *
 * @returns `section` itself when there is nothing to change.
 */
export const changeProperties = (
  section: Buffer | undefined,
  changes: PropertyChanges,
): Buffer | undefined => {
  if (changes.size === 0) return section;
  const before = section === undefined ? [] : itemsOf(section, afterDescriptor(section, 0));
  const items: Buffer[] = [];
  for (let index = 0; index + 1 < before.length; index += 2) {
    const [key, value] = [before[index], before[index + 1]];
    if (key === undefined || value === undefined) break;
    if (!changes.has(decodeText(key, 0))) items.push(key, value);
  }
  for (const [name, value] of changes) items.push(encodeString(name), value);
  return encodeSection(sectionCode.applicationProperties, encodeMap(items));
};
