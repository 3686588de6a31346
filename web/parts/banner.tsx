import type { ComponentChildren, JSX } from 'preact';
import type { Problem } from '../api/shapes.ts';

interface BannerProps {
  readonly intent: 'success' | 'warning' | 'error' | 'info';
  readonly children: ComponentChildren;
  readonly actions?: ComponentChildren;
}

/** A message above what it is about. */
export const Banner = ({ intent, children, actions }: BannerProps): JSX.Element => (
  <fluent-message-bar
    class="banner"
    intent={intent}
    layout="multiline"
    role={intent === 'error' ? 'alert' : 'status'}
  >
    {children}
    {actions === undefined ? null : <span slot="actions">{actions}</span>}
  </fluent-message-bar>
);

/** What went wrong and, where the app says so, what to do. */
export const ProblemText = ({ problem }: { problem: Problem }): JSX.Element => (
  <>
    <strong>{problem.title}</strong>
    {problem.detail === undefined ? null : <> {problem.detail}</>}
  </>
);
