import type { ComponentChildren, JSX } from 'preact';
import type { Problem } from '../api/shapes.ts';
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

/** What a person can do about a failure, by its status. */
const advice = (status: number): string => {
  if (status === 0) return 'Check the network, and whether the app runs. The page tries again by itself.';
  if (status === 503) {
    return 'Notifications that Dataverse posts now are refused with 503, so Dataverse repeats them. Check the storage account; /api/health says more. The page tries again by itself.';
  }
  if (status === 403) return 'Ask an administrator of the app for the role.';
  if (status === 404) return 'It may have been deleted, or its retention has ended.';
  return '';
};

/** The whole view failed: nothing older can be shown. */
export const Failed = ({ problem, retry }: { problem: Problem; retry: () => void }): JSX.Element => (
  <div class="state failed" role="alert">
    <h2>{problem.title}</h2>
    {problem.detail === undefined ? null : <p>{problem.detail}</p>}
    <p>{advice(problem.status)}</p>
    <Button onClick={retry}>Try again</Button>
  </div>
);
