/**
 * Versions in headers (RFC 9110, 8.8.3 and 13.1). A job's version is the tag of its row, which storage marks as weak;
 * tags are compared by their text alone, or no `If-Match` could ever be met.
 */
const tag = /\s*(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")\s*/y;

const opaque = (text: string): string => text.replace(/^W\//, '');

/** Longest header that is read; a caller names one version, or a few. */
const longestHeader = 4096;

/** @returns the tags' opaque parts; undefined when the header is no list of tags. */
const readTags = (header: string): readonly string[] | undefined => {
  if (header.length > longestHeader) return undefined;
  const tags: string[] = [];
  tag.lastIndex = 0;
  for (;;) {
    const [whole, text] = tag.exec(header) ?? [];
    if (whole === undefined || text === undefined) return undefined;
    tags.push(text);
    if (tag.lastIndex === header.length) return tags;
    if (header[tag.lastIndex] !== ',') return undefined;
    tag.lastIndex += 1;
  }
};

/** Whether a version is one that the caller wants. */
export type IsWanted = (version: string) => boolean;

export type TagsRead =
  | { readonly kind: 'read'; readonly isWanted: IsWanted }
  | { readonly kind: 'faulty'; readonly fault: string };

/** Reads `If-Match` or `If-None-Match`: `*`, or tags, weak or strong. Absent means any version. */
export const readEntityTags = (name: string, header: string | null): TagsRead => {
  if (header === null || header.trim() === '*') return { kind: 'read', isWanted: () => true };
  const tags = readTags(header);
  if (tags === undefined) {
    return {
      kind: 'faulty',
      fault: `${name} must be *, or versions as the header ETag gives them, in quotes.`,
    };
  }
  return { kind: 'read', isWanted: (version) => tags.includes(opaque(version)) };
};
