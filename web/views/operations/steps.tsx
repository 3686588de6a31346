import type { JSX } from 'preact';
import type { OperationView, StepView } from '../../api/operations.ts';
import { isOver, stepText } from '../../model/operationProgress.ts';

const sizeText = (size: number | null): string => (size === null ? 'the rest' : size.toLocaleString('en'));

const Row = ({ step, index, over }: { step: StepView; index: number; over: boolean }): JSX.Element => (
  <tr>
    <th scope="row">{index + 1}</th>
    <td class="number">{sizeText(step.size)}</td>
    <td class="number">{step.done.toLocaleString('en')}</td>
    <td class="number">{step.failedAgain.toLocaleString('en')}</td>
    <td>{stepText(step.status, over)}</td>
  </tr>
);

/** The steps of an operation: a canary goes on only when the step before went well. */
export const Steps = ({ operation }: { operation: OperationView }): JSX.Element | null =>
  operation.steps.length === 0 ? null : (
    <div class="scroller" tabIndex={0} role="region" aria-label="Steps">
      <table class="steps">
        <caption>Steps</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Jobs</th>
            <th scope="col">Done</th>
            <th scope="col">Failed again</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {operation.steps.map((step, index) => (
            <Row key={index} step={step} index={index} over={isOver(operation)} />
          ))}
        </tbody>
      </table>
    </div>
  );
