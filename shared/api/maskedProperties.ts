import { maskText, type Masks } from '../context/masks.ts';
import type { Properties } from '../job/evidence.ts';

/** Properties of a message as they may be shown; a column of the record can be among them under its own name. */
export const maskedProperties = (properties: Properties, { isEmpty, hides }: Masks): Properties =>
  isEmpty
    ? properties
    : Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, hides(undefined, name) ? maskText : value]),
      );
