import type { HTMLAttributes } from 'preact';

/** What the page sets of Fluent's elements; their documentation says what each does. */
type Fluent<Own = object> = HTMLAttributes<HTMLElement> & Own;

interface Sized {
  readonly size?: string;
}

interface Input extends Sized {
  readonly value?: string;
  readonly name?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly autofocus?: boolean;
  readonly appearance?: string;
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'fluent-badge': Fluent<Sized & { readonly appearance?: string; readonly color?: string }>;
      'fluent-button': Fluent<
        Sized & {
          readonly appearance?: 'primary' | 'outline' | 'subtle' | 'transparent';
          readonly type?: 'submit' | 'button';
          readonly disabled?: boolean;
          // As properties: Preact would write a false attribute of this length as the word.
          readonly disabledFocusable?: boolean;
          readonly iconOnly?: boolean;
          readonly autofocus?: boolean;
        }
      >;
      'fluent-dialog': Fluent<{ readonly type?: 'modal' | 'alert' }>;
      'fluent-dialog-body': Fluent;
      'fluent-message-bar': Fluent<{
        readonly intent?: 'success' | 'warning' | 'error' | 'info';
        readonly layout?: string;
      }>;
      'fluent-progress-bar': Fluent<{
        readonly min?: number;
        readonly max?: number;
        readonly value?: number;
        readonly 'validation-state'?: string;
      }>;
      'fluent-spinner': Fluent<Sized>;
      'fluent-tab': Fluent;
      'fluent-tablist': Fluent<Sized & { readonly activeid?: string; readonly appearance?: string }>;
      'fluent-text-input': Fluent<
        Input & { readonly type?: string; readonly autocomplete?: string; readonly maxlength?: number }
      >;
      'fluent-textarea': Fluent<
        Input & { readonly resize?: string; readonly block?: boolean; readonly maxlength?: number }
      >;
    }
  }
}
