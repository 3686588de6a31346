import type { JSX } from 'preact';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';

interface ActionButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly icon?: IconName;
  readonly appearance?: 'primary' | 'outline' | 'subtle' | 'transparent';
  readonly size?: 'small' | 'medium';
  /** Why it cannot be done now; undefined when it can. */
  readonly reason?: string | undefined;
  /** Red, for what cannot be undone. */
  readonly destructive?: boolean;
  /** For buttons whose word alone does not say of what. */
  readonly ariaLabel?: string;
}

/** An action that is always shown; when it is not possible it stays reachable and says why. */
export const ActionButton = (props: ActionButtonProps): JSX.Element => {
  const { label, onClick, icon, appearance = 'subtle', size = 'medium', reason, destructive } = props;
  const name = props.ariaLabel ?? label;
  return (
    <Button
      class={destructive === true ? 'action destructive' : 'action'}
      appearance={appearance}
      size={size}
      unavailable={reason !== undefined}
      ariaLabel={reason === undefined ? name : `${name}: ${reason}`}
      onClick={onClick}
      {...(icon === undefined ? {} : { icon })}
      {...(reason === undefined ? {} : { title: reason })}
    >
      {label}
    </Button>
  );
};
