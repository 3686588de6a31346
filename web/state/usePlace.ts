import { useEffect, useState } from 'preact/hooks';
import { addressOf, readAddress, type Place } from '../model/address.ts';

/** Goes to a place; the browser's Back leads here again. */
export const go = (place: Place): void => {
  location.hash = addressOf(place);
};

/** Where the page is, by its address. */
export const usePlace = (): Place => {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    // It may have changed since it was read: effects run when the page is painted.
    changed();
    return () => removeEventListener('hashchange', changed);
  }, []);
  return readAddress(hash);
};
