/** The key that an address carries, and the address without it. */
export interface KeyAddress {
  /** Empty when there is none, or when it cannot be read. */
  readonly key: string;
  /** What the fragment is to be from now on. */
  readonly rest: string;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

/**
 * Reads `#key=…`; what stands behind an `&` is the place on the page: `#key=abc&/jobs?status=Failed`.
 *
 * @returns undefined for an address without a key.
 */
export const readKeyAddress = (hash: string): KeyAddress | undefined => {
  const found = /^#key=([^&]*)&?(.*)$/s.exec(hash);
  if (found === null) return undefined;
  const [, key = '', place = ''] = found;
  return { key: decoded(key), rest: place === '' ? '#/' : `#${place}` };
};
