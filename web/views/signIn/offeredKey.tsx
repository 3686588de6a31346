import type { JSX } from 'preact';
import { Button } from '../../parts/button.tsx';

interface OfferedKeyProps {
  readonly use: () => void;
  readonly decline: () => void;
}

/** A link brought a key while this tab works with another: nothing changes until a person says so. */
export const OfferedKey = ({ use, decline }: OfferedKeyProps): JSX.Element => (
  <main class="alone">
    <section class="sign-in" aria-labelledby="offered-key-title">
      <img src="icon.svg" alt="" width="48" height="48" />
      <h1 id="offered-key-title">Use the key of this link instead?</h1>
      <p class="hint">
        You are at work with a function key already, and the link that you followed carries another one. What
        you do is done with the key that you use. Take the other one only if you know who gave you the link.
      </p>
      <div class="dialog-actions">
        <Button autofocus appearance="primary" onClick={decline}>
          Keep my key
        </Button>
        <Button onClick={use}>Use the key of the link</Button>
      </div>
    </section>
  </main>
);
