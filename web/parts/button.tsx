import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  readonly children?: ComponentChildren;
  readonly onClick: ((event: Event) => void) | undefined;
  readonly icon?: IconName;
  readonly appearance?: 'primary' | 'outline' | 'subtle' | 'transparent';
  readonly size?: 'small' | 'medium';
  readonly class?: string;
  readonly title?: string;
  /** Needed when there is an icon only. */
  readonly ariaLabel?: string;
  /** Cannot be used now, but can be reached, so that a person hears why. */
  readonly unavailable?: boolean;
  readonly submit?: boolean;
  readonly autofocus?: boolean;
}

/** Fluent's button. Its role is also an attribute, since not everything reads the one in its internals. */
export const Button = (props: ButtonProps): JSX.Element => {
  const { children, icon, size = 'medium', unavailable = false, ariaLabel, title, appearance } = props;
  const iconOnly = children === undefined;
  return (
    <fluent-button
      role="button"
      type={props.submit === true ? 'submit' : 'button'}
      size={size}
      iconOnly={iconOnly}
      disabledFocusable={unavailable}
      aria-disabled={unavailable}
      autofocus={props.autofocus === true}
      {...(props.class === undefined ? {} : { class: props.class })}
      {...(appearance === undefined ? {} : { appearance })}
      {...(ariaLabel === undefined ? {} : { 'aria-label': ariaLabel })}
      {...(title === undefined ? {} : { title })}
      onClick={unavailable ? undefined : props.onClick}
    >
      {icon === undefined ? null : iconOnly ? <Icon name={icon} /> : <Icon name={icon} slot="start" />}
      {children}
    </fluent-button>
  );
};
