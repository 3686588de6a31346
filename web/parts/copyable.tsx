import type { JSX } from 'preact';
import { usePage } from '../state/page.ts';
import { Button } from './button.tsx';

interface CopyableProps {
  readonly text: string;
  /** What it is, for the name of the button: "job id". */
  readonly what: string;
  /** Shown in the place of the text. */
  readonly shown?: string;
}

/** An id or the like, with a button that copies all of it. */
export const Copyable = ({ text, what, shown }: CopyableProps): JSX.Element => (
  <span class="copyable">
    <code title={text}>{shown ?? text}</code>
    <CopyButton text={text} what={what} />
  </span>
);

/** Copies a text; says whether that went well. */
export const CopyButton = ({ text, what }: { text: string; what: string }): JSX.Element => {
  const { say } = usePage();
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => say(`Copied the ${what}.`),
      () => say(`The browser does not let the ${what} be copied; mark it and copy it by hand.`),
    );
  return (
    <Button
      class="copy"
      icon="copy"
      appearance="transparent"
      size="small"
      ariaLabel={`Copy the ${what}`}
      title={`Copy the ${what}`}
      onClick={copy}
    />
  );
};
