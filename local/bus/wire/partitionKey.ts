import { decodeValue } from './decode.ts';
import { readMap, valueIn } from './request.ts';
import { sectionCode, sectionsOf } from './sections.ts';

/** The key that chooses an event's partition: an annotation of the transfer; a batch has it on its envelope. */
export const partitionKeyOf = (transfer: Buffer): string | undefined => {
  const annotations = sectionsOf(transfer).find(({ code }) => code === sectionCode.messageAnnotations);
  if (annotations === undefined || decodeValue(annotations.bytes, annotations.valueAt) === null)
    return undefined;
  const key = valueIn(readMap(annotations.bytes, annotations.valueAt), 'x-opt-partition-key');
  return typeof key === 'string' ? key : undefined;
};
