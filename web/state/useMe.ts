import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Client, Result } from '../api/client.ts';
import type { Me, Problem } from '../api/shapes.ts';

/** What is known of the person at the page. */
export type Entry =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly me: Me }
  /** `byPlatform`: a person signs in with Entra, not with a key. */
  | { readonly kind: 'signedOut'; readonly byPlatform: boolean }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** After a failure: whoever waits for the app is not to press a button until it is there. */
const againMs = 5000;

/** The host refuses a key without a word; the app says that somebody has to sign in. */
const entryOf = (result: Result<Me>): Entry => {
  if (result.kind === 'ok') return { kind: 'known', me: result.value };
  const { status, problem } = result;
  if (status === 401) return { kind: 'signedOut', byPlatform: problem.code !== undefined };
  return { kind: 'failed', problem };
};

/** Asks who is there, whenever the client is another one, and again while nobody can say. */
export const useMe = (client: Client): { readonly entry: Entry; readonly retry: () => void } => {
  const [entry, setEntry] = useState<Entry>({ kind: 'asking' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const asking = new AbortController();
    void client<Me>('me', { signal: asking.signal }).then((result) => {
      if (!asking.signal.aborted) setEntry(entryOf(result));
    });
    return () => asking.abort();
  }, [client, round]);
  const retry = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    if (entry.kind !== 'failed') return undefined;
    const timer = setTimeout(retry, againMs);
    return () => clearTimeout(timer);
  }, [entry, retry]);
  return { entry, retry };
};
