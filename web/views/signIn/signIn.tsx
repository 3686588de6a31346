import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Banner } from '../../parts/banner.tsx';
import { TextField, valueOf } from '../../parts/textField.tsx';
import { Button } from '../../parts/button.tsx';

interface SignInProps {
  /** A key was given and is not accepted. */
  readonly refused: boolean;
  /** The platform signs people in (Entra). */
  readonly byPlatform: boolean;
  readonly signIn: (key: string) => void;
}

const platformSignIn = (): string =>
  `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(location.pathname)}`;

const KeyForm = ({ refused, signIn }: Pick<SignInProps, 'refused' | 'signIn'>): JSX.Element => {
  const field = useRef<HTMLElement>(null);
  const [missing, setMissing] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const key = valueOf(field).trim();
    setMissing(key === '');
    if (key !== '') signIn(key);
  };
  return (
    <form onSubmit={submit}>
      {refused ? <Banner intent="error">This key is not accepted. It may have been replaced.</Banner> : null}
      {missing ? <Banner intent="warning">Give a function key.</Banner> : null}
      <TextField label="Function key" field={field} type="password" autofocus onEnter={submit} />
      <p class="hint">
        In the Azure portal under <em>App keys</em>; here, <code>npm start</code> prints it. It stays in this
        tab.
      </p>
      <Button submit appearance="primary" onClick={submit}>
        Open the page
      </Button>
    </form>
  );
};

/** Nobody is known: asks for the function key, or leads to the platform's sign-in. */
export const SignIn = ({ refused, byPlatform, signIn }: SignInProps): JSX.Element => (
  <main class="alone">
    <section class="sign-in" aria-labelledby="sign-in-title">
      <img src="icon.svg" alt="" width="48" height="48" />
      <h1 id="sign-in-title">System Jobs</h1>
      <p class="hint">Dataverse to Azure bridge</p>
      {byPlatform ? (
        <a class="button-link" href={platformSignIn()}>
          Sign in
        </a>
      ) : (
        <KeyForm refused={refused} signIn={signIn} />
      )}
    </section>
  </main>
);
