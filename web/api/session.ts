import { readKeyAddress } from '../model/keyAddress.ts';

/** The function key of this tab. It leaves the address at once, and the browser with the tab. */
const name = 'bridge.functionKey';

export const storedKey = (): string | undefined => sessionStorage.getItem(name) ?? undefined;

export const keepKey = (key: string): void => sessionStorage.setItem(name, key);

export const forgetKey = (): void => sessionStorage.removeItem(name);

/**
 * Takes the key out of the address, and keeps it when this tab has none.
 *
 * @returns the key of the address when this tab has another one: a link does not replace it, a person may.
 */
export const takeKeyFromAddress = (): string | undefined => {
  const found = readKeyAddress(location.hash);
  if (found === undefined) return undefined;
  history.replaceState(null, '', found.rest);
  const stored = storedKey();
  if (found.key === '' || found.key === stored) return undefined;
  if (stored !== undefined) return found.key;
  keepKey(found.key);
  return undefined;
};
