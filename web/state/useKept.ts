import { useEffect, useState } from 'preact/hooks';

/** Something that a person's browser keeps as text. */
interface Keeping<Kept> {
  readonly name: string;
  readonly read: (text: string | null) => Kept;
  readonly write: (kept: Kept) => string;
}

/** What a person chose for this browser; another tab's choice arrives here, too. */
export const useKept = <Kept>({
  name,
  read,
  write,
}: Keeping<Kept>): readonly [Kept, (kept: Kept) => void] => {
  const [text, setText] = useState(() => localStorage.getItem(name));
  useEffect(() => {
    const changed = (event: StorageEvent): void => {
      if (event.key === name) setText(event.newValue);
    };
    addEventListener('storage', changed);
    return () => removeEventListener('storage', changed);
  }, [name]);
  const keep = (kept: Kept): void => {
    const written = write(kept);
    localStorage.setItem(name, written);
    setText(written);
  };
  return [read(text), keep];
};
