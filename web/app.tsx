import type { JSX } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { createClient } from './api/client.ts';
import { forgetKey, keepKey, storedKey } from './api/session.ts';
import { Failed, Loading } from './parts/states.tsx';
import { useMe } from './state/useMe.ts';
import { Shell } from './views/shell/shell.tsx';
import { SignIn } from './views/signIn/signIn.tsx';

/** Who is there, then the page. */
export const App = (): JSX.Element => {
  const [key, setKey] = useState(storedKey);
  const client = useMemo(() => createClient(key), [key]);
  const { entry, retry } = useMe(client);
  const signIn = (given: string): void => {
    keepKey(given);
    setKey(given);
  };
  const signOut = useCallback((): void => {
    forgetKey();
    setKey(undefined);
    retry();
  }, [retry]);
  switch (entry.kind) {
    case 'asking':
      return (
        <main class="alone">
          <Loading what="the page" />
        </main>
      );
    case 'failed':
      return (
        <main class="alone">
          <Failed problem={entry.problem} retry={retry} />
        </main>
      );
    case 'signedOut':
      return <SignIn refused={key !== undefined} byPlatform={entry.byPlatform} signIn={signIn} />;
    case 'known':
      return <Shell client={client} me={entry.me} signOut={signOut} />;
  }
};
