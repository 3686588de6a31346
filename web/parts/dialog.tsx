import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Buttons, the safe one first. */
  readonly actions: ComponentChildren;
  readonly onClose: () => void;
  /** One that asks before something is done: a click beside it does not close it. */
  readonly alert?: boolean;
}

interface Opening extends HTMLElement {
  show(): void;
}

const isOwnClosing = (event: Event): boolean =>
  event instanceof CustomEvent && (event.detail as { newState?: string } | null)?.newState === 'closed';

/** A modal dialog, open while it is rendered. The browser gives focus back to what had it. */
export const Dialog = ({ title, children, actions, onClose, alert }: DialogProps): JSX.Element => {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    (element.current as Opening | null)?.show();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <fluent-dialog
      ref={element}
      type={alert === true ? 'alert' : 'modal'}
      aria-label={title}
      onToggle={(event: Event) => {
        if (isOwnClosing(event)) onClose();
      }}
    >
      <fluent-dialog-body>
        <h2 slot="title" class="dialog-title">
          {title}
        </h2>
        {children}
        <div slot="action" class="dialog-actions">
          {actions}
        </div>
      </fluent-dialog-body>
    </fluent-dialog>
  );
};
