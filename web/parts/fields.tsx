import type { ComponentChildren, JSX } from 'preact';

interface LabelledProps {
  readonly label: string;
  readonly required?: boolean;
  readonly hint?: string;
  readonly fault?: string | undefined;
}

/** A native input in the manner of the components: its label and its limits are the browser's own. */
const Labelled = (props: LabelledProps & { readonly children: ComponentChildren }): JSX.Element => (
  <label class="form-field">
    <span class="field-label">
      {props.label}
      {props.required === true ? <span class="needed"> (required)</span> : null}
    </span>
    {props.children}
    {props.hint === undefined ? null : <span class="field-hint">{props.hint}</span>}
    {props.fault === undefined ? null : (
      <span class="field-fault" role="alert">
        {props.fault}
      </span>
    )}
  </label>
);

interface FieldProps extends LabelledProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

interface LineFieldProps extends FieldProps {
  readonly autofocus?: boolean;
  readonly maxLength: number;
}

/** One line of text. */
export const LineField = (props: LineFieldProps): JSX.Element => (
  <Labelled {...props}>
    <input
      type="text"
      value={props.value}
      required={props.required ?? false}
      autofocus={props.autofocus ?? false}
      maxLength={props.maxLength}
      onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
    />
  </Labelled>
);

/** A time on the reader's clock, to the second. */
export const TimeField = (props: FieldProps): JSX.Element => (
  <Labelled {...props}>
    <input
      type="datetime-local"
      value={props.value}
      required={props.required ?? false}
      step={1}
      onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
    />
  </Labelled>
);

/** A whole number within limits. */
export const NumberField = (
  props: FieldProps & { readonly min: number; readonly max: number },
): JSX.Element => (
  <Labelled {...props}>
    <input
      type="number"
      value={props.value}
      required={props.required ?? false}
      min={props.min}
      max={props.max}
      step={1}
      onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
    />
  </Labelled>
);

interface SelectFieldProps extends FieldProps {
  readonly options: readonly (readonly [value: string, label: string])[];
}

/** One of a few. */
export const SelectField = (props: SelectFieldProps): JSX.Element => (
  <Labelled {...props}>
    <select value={props.value} onInput={({ currentTarget }) => props.onInput(currentTarget.value)}>
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </Labelled>
);

interface CheckFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Yes or no. */
export const CheckField = ({ label, checked, onChange }: CheckFieldProps): JSX.Element => (
  <label class="check-field">
    <input
      type="checkbox"
      checked={checked}
      onInput={({ currentTarget }) => onChange(currentTarget.checked)}
    />
    <span>{label}</span>
  </label>
);
