import type { JSX, RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

interface TextFieldProps {
  readonly label: string;
  /** Give it to {@link valueOf} to read what was written. */
  readonly field: RefObject<HTMLElement | null>;
  /** What stands in it at first. */
  readonly value?: string;
  readonly type?: 'text' | 'password';
  readonly placeholder?: string;
  /** The label is only heard. */
  readonly quiet?: boolean;
  readonly lines?: 'one' | 'many';
  readonly maxLength?: number;
  readonly autofocus?: boolean;
  /** Decoration before the text, with slot `start`. */
  readonly start?: JSX.Element;
  readonly onEnter?: (event: Event) => void;
}

/** The text in one of Fluent's inputs, whose value is a property and not in the event. */
export const valueOf = (field: RefObject<HTMLElement | null>): string => {
  const element: unknown = field.current;
  const { value } = (element ?? {}) as { readonly value?: unknown };
  return typeof value === 'string' ? value : '';
};

const enterOnly =
  (onEnter: ((event: Event) => void) | undefined) =>
  (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onEnter?.(event);
  };

const Label = ({ label, quiet }: Pick<TextFieldProps, 'label' | 'quiet'>): JSX.Element => (
  <span class={quiet === true ? 'unseen' : ''}>{label}</span>
);

/**
 * A place to write in. The label goes inside Fluent's element, since its inner input is what assistive technology sees,
 * and a label outside does not reach that.
 */
export const TextField = (props: TextFieldProps): JSX.Element => {
  const { label, field, value = '', placeholder, maxLength, autofocus, start, onEnter } = props;
  useEffect(() => {
    if (field.current !== null) Object.assign(field.current, { value });
  }, [value]);
  const common = {
    ref: field,
    class: 'text-field',
    placeholder: placeholder ?? '',
    autofocus: autofocus === true,
  };
  if (props.lines === 'many') {
    return (
      <fluent-textarea {...common} block resize="vertical" maxlength={maxLength ?? 1000}>
        <span slot="label">
          <Label label={label} quiet={props.quiet === true} />
        </span>
      </fluent-textarea>
    );
  }
  return (
    <fluent-text-input
      {...common}
      type={props.type ?? 'text'}
      maxlength={maxLength ?? 1000}
      autocomplete="off"
      onKeyDown={enterOnly(onEnter)}
    >
      {start}
      <Label label={label} quiet={props.quiet === true} />
    </fluent-text-input>
  );
};
