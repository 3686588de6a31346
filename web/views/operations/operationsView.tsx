import type { JSX } from 'preact';
import type { OperationList, OperationView } from '../../api/operations.ts';
import { addressOf } from '../../model/address.ts';
import { filterText } from '../../model/bulkWords.ts';
import { actionLabels } from '../../model/jobActionRules.ts';
import { countText, percentDone } from '../../model/operationProgress.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Failed, Loading, State } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { usePage } from '../../state/page.ts';
import { usePoll, type Poll } from '../../state/usePoll.ts';
import { UnreadableOperations } from './unreadableOperations.tsx';
import { OperationChip } from './operationChip.tsx';

const Row = ({ operation }: { operation: OperationView }): JSX.Element => (
  <tr>
    <th scope="row">
      <a href={addressOf({ view: 'operation', id: operation.id })}>
        {`${actionLabels[operation.action]}: ${filterText(operation.filter, operation.idCount)}`}
      </a>
    </th>
    <td>
      <OperationChip status={operation.status} />
    </td>
    <td class="number">{`${percentDone(operation)} % of ${countText(operation.counted, operation.countedAll)}`}</td>
    <td class="number">{operation.outcomes.succeeded.toLocaleString('en')}</td>
    <td class="number">{operation.outcomes.failedAgain.toLocaleString('en')}</td>
    <td class="words">{operation.reason}</td>
    <td>{operation.by}</td>
    <td>
      <Time at={operation.createdOn} />
    </td>
  </tr>
);

const Table = ({ operations }: { operations: readonly OperationView[] }): JSX.Element => (
  <div class="sheet scroller" tabIndex={0} role="region" aria-label="Operations">
    <table class="operations">
      <caption>The latest operations, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">Status</th>
          <th scope="col">Progress</th>
          <th scope="col">Succeeded</th>
          <th scope="col">Failed again</th>
          <th scope="col">Reason</th>
          <th scope="col">By</th>
          <th scope="col">Started</th>
        </tr>
      </thead>
      <tbody>
        {operations.map((operation) => (
          <Row key={operation.id} operation={operation} />
        ))}
      </tbody>
    </table>
  </div>
);

const Content = ({ poll }: { poll: Poll<OperationList> }): JSX.Element => {
  const { value, problem, refresh } = poll;
  if (value === undefined) {
    return problem === undefined ? (
      <Loading what="operations" />
    ) : (
      <Failed problem={problem} retry={refresh} />
    );
  }
  if (value.operations.length + value.unreadable.length === 0) {
    return (
      <State title="No operations yet">
        <p>
          An operation does one thing to many jobs. Start one from a failure group, or select{' '}
          <a href={addressOf({ view: 'jobs', filter: {} })}>jobs</a>.
        </p>
      </State>
    );
  }
  return (
    <>
      <UnreadableOperations ids={value.unreadable} />
      <Table operations={value.operations} />
    </>
  );
};

/** What was done to many jobs at once, by whom and why. */
export const OperationsView = (): JSX.Element => {
  const { client, live } = usePage();
  const poll = usePoll<OperationList>('operations', (signal) => client('operations', { signal }), live);
  return (
    <div class="view">
      <div class="command-bar">
        <ActionButton label="Refresh" icon="refresh" onClick={poll.refresh} />
      </div>
      <h1>Operations</h1>
      {poll.problem === undefined || poll.value === undefined ? null : (
        <Banner intent="warning">
          <ProblemText problem={poll.problem} /> What you see may be old.
        </Banner>
      )}
      <Content poll={poll} />
    </div>
  );
};
