import { plainText } from '../text/plainText.ts';
import { bodyReader } from './readJsonBody.ts';
import { text, type Schema } from './schemas/schema.ts';

const longestNote = 1000;

/** Body of `PUT /api/groups/{endpoint}/{code}/note`. */
export const noteBody: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['text'],
  properties: { text: text('The note, shown on one line; empty to remove it.', { maxLength: longestNote }) },
};

export type NoteRead =
  { readonly kind: 'read'; readonly text: string } | { readonly kind: 'faulty'; readonly faults: string[] };

const readNoteBody = bodyReader<{ readonly text: string }>(noteBody);

/** Reads a note, as one line without control characters; an empty text removes the note of the group. */
export const readNote = (json: string): NoteRead => {
  const read = readNoteBody(json);
  if (read.kind === 'faulty') return read;
  return { kind: 'read', text: plainText(read.body.text, longestNote).trim() };
};
