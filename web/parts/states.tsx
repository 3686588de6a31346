import type { ComponentChildren, JSX } from 'preact';
import type { Problem } from '../api/shapes.ts';
import { problemAdvice } from '../model/problemAdvice.ts';
import { Button } from './button.tsx';

interface Titled {
  readonly title: string;
  /** It has the view for itself: its title is that of the view. */
  readonly alone?: boolean | undefined;
}

const Title = ({ title, alone }: Titled): JSX.Element =>
  alone === true ? <h1>{title}</h1> : <h2>{title}</h2>;

interface StateProps extends Titled {
  readonly children?: ComponentChildren;
  readonly sign?: JSX.Element;
}

/** Fills the place of content that is not there, and says why. */
export const State = ({ title, alone, children, sign }: StateProps): JSX.Element => (
  <div class="state">
    {sign}
    <Title title={title} alone={alone} />
    {children}
  </div>
);

export const Loading = ({ what }: { what: string }): JSX.Element => (
  <div class="state" role="status">
    <fluent-spinner size="medium" aria-hidden="true" />
    <p>{`Loading ${what} …`}</p>
  </div>
);

interface FailedProps extends Pick<Titled, 'alone'> {
  readonly problem: Problem;
  readonly retry: () => void;
  readonly children?: ComponentChildren;
}

/** The whole view failed: nothing older can be shown. */
export const Failed = ({ problem, retry, alone, children }: FailedProps): JSX.Element => (
  <div class="state failed" role="alert">
    <Title title={problem.title} alone={alone} />
    {problem.detail === undefined ? null : <p>{problem.detail}</p>}
    <p>{problemAdvice(problem)}</p>
    {children}
    <Button onClick={retry}>Try again</Button>
  </div>
);
