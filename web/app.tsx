import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import { createClient } from './api/client.ts';
import { Loading } from './parts/states.tsx';
import { useKey } from './state/useKey.ts';
import { useMe } from './state/useMe.ts';
import { Shell } from './views/shell/shell.tsx';
import { CannotOpen } from './views/signIn/cannotOpen.tsx';
import { OfferedKey } from './views/signIn/offeredKey.tsx';
import { SignIn } from './views/signIn/signIn.tsx';

interface AppProps {
  /** A key that the address brought while this tab had another. */
  readonly offered: string | undefined;
}

const Asking = (): JSX.Element => (
  <main class="alone">
    <Loading what="the page" />
  </main>
);

/** Who is there, then the page. */
export const App = ({ offered: first }: AppProps): JSX.Element => {
  const { key, offered, use, decline, forget } = useKey(first);
  const client = useMemo(() => createClient(key), [key]);
  const { entry, retry } = useMe(client);
  const signOut = useCallback((): void => {
    forget();
    retry();
  }, [forget, retry]);
  const isSignedOut = entry.kind === 'signedOut';
  useEffect(() => {
    // The key of this tab is not accepted any more: nothing is lost by taking the other.
    if (isSignedOut && offered !== undefined) use(offered);
  }, [isSignedOut, offered, use]);
  switch (entry.kind) {
    case 'asking':
      return <Asking />;
    case 'failed':
      return <CannotOpen client={client} problem={entry.problem} retry={retry} />;
    case 'signedOut':
      if (offered !== undefined) return <Asking />;
      return <SignIn refused={key !== undefined} byPlatform={entry.byPlatform} signIn={use} />;
    case 'known':
      if (offered !== undefined) return <OfferedKey use={() => use(offered)} decline={decline} />;
      return <Shell client={client} me={entry.me} signOut={signOut} />;
  }
};
