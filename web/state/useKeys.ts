import { useEffect, useRef } from 'preact/hooks';

/** Keys by their names, as KeyboardEvent.key gives them; letters in lower case. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const writing = 'input, textarea, select, fluent-text-input, fluent-textarea, [contenteditable]';

const isMeant = (event: KeyboardEvent): boolean => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  const { target } = event;
  if (document.querySelector('fluent-dialog') !== null) return false;
  if (!(target instanceof Element)) return true;
  // A checkbox is no place to write in.
  return !target.matches(writing) || target.matches('input[type=checkbox]');
};

/** Single keys that work wherever nobody writes and no dialog is open. */
export const useKeys = (keys: Keys): void => {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!isMeant(event)) return;
      const action = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
};
