import type { ComponentChildren, JSX } from 'preact';
import type { Problem } from '../api/shapes.ts';
import { problemAdvice } from '../model/problemAdvice.ts';
import { Button } from './button.tsx';

interface StateProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly sign?: JSX.Element;
}

/** Fills the place of content that is not there, and says why. */
export const State = ({ title, children, sign }: StateProps): JSX.Element => (
  <div class="state">
    {sign}
    <h2>{title}</h2>
    {children}
  </div>
);

export const Loading = ({ what }: { what: string }): JSX.Element => (
  <div class="state" role="status">
    <fluent-spinner size="medium" aria-hidden="true" />
    <p>{`Loading ${what} …`}</p>
  </div>
);

interface FailedProps {
  readonly problem: Problem;
  readonly retry: () => void;
  readonly children?: ComponentChildren;
}

/** The whole view failed: nothing older can be shown. */
export const Failed = ({ problem, retry, children }: FailedProps): JSX.Element => (
  <div class="state failed" role="alert">
    <h2>{problem.title}</h2>
    {problem.detail === undefined ? null : <p>{problem.detail}</p>}
    <p>{problemAdvice(problem)}</p>
    {children}
    <Button onClick={retry}>Try again</Button>
  </div>
);
