import { text, type Properties } from '../schemas/schema.ts';

/** Header of answers that show one thing. */
export const etag = { ETag: 'The version; for If-Match and If-None-Match.' };

/** Header of requests that change one thing. */
export const ifMatch: Properties = {
  'If-Match': text('Do it only if this is still the version; a list of them, or *.'),
};
