import { useCallback, useEffect, useState } from 'preact/hooks';

const shownMs = 6000;

/** What the live region says, and for how long it is shown. */
export const useSaying = (): { readonly text: string; readonly say: (text: string) => void } => {
  const [said, setSaid] = useState({ text: '', round: 0 });
  useEffect(() => {
    if (said.text === '') return undefined;
    const timer = setTimeout(() => setSaid({ text: '', round: said.round }), shownMs);
    return () => clearTimeout(timer);
  }, [said]);
  const say = useCallback((text: string) => setSaid(({ round }) => ({ text, round: round + 1 })), []);
  return { text: said.text, say };
};
