/** The function key of this tab. It leaves the address at once, and the browser with the tab. */
const name = 'bridge.functionKey';

export const storedKey = (): string | undefined => sessionStorage.getItem(name) ?? undefined;

export const keepKey = (key: string): void => sessionStorage.setItem(name, key);

export const forgetKey = (): void => sessionStorage.removeItem(name);

/** Takes `#key=…` out of the address; what stands behind an `&` is the place on the page: `#key=abc&/jobs?status=Failed`. */
export const takeKeyFromAddress = (): void => {
  const found = /^#key=([^&]*)&?(.*)$/.exec(location.hash);
  if (found === null) return;
  const [, key = '', place = ''] = found;
  if (key !== '') keepKey(decodeURIComponent(key));
  history.replaceState(null, '', place === '' ? '#/' : `#${place}`);
};
