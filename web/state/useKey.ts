import { useCallback, useEffect, useState } from 'preact/hooks';
import { forgetKey, keepKey, storedKey, takeKeyFromAddress } from '../api/session.ts';

/** The function key of this tab, and one that a link brought while there was another. */
export interface SessionKey {
  readonly key: string | undefined;
  readonly offered: string | undefined;
  readonly use: (key: string) => void;
  readonly decline: () => void;
  readonly forget: () => void;
}

/** @param first the key that the address offered when the page was loaded. */
export const useKey = (first: string | undefined): SessionKey => {
  const [key, setKey] = useState(storedKey);
  const [offered, offer] = useState(first);
  useEffect(() => {
    const changed = (): void => {
      const found = takeKeyFromAddress();
      if (found !== undefined) offer(found);
      setKey(storedKey());
    };
    addEventListener('hashchange', changed);
    // It may have changed since it was read: effects run when the page is painted.
    changed();
    return () => removeEventListener('hashchange', changed);
  }, []);
  const decline = useCallback(() => offer(undefined), []);
  const use = useCallback((given: string): void => {
    keepKey(given);
    setKey(given);
    offer(undefined);
  }, []);
  const forget = useCallback((): void => {
    forgetKey();
    setKey(undefined);
  }, []);
  return { key, offered, use, decline, forget };
};
