import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OperationView as Operation } from '../../api/operations.ts';
import { addressOf } from '../../model/address.ts';
import { filterText } from '../../model/bulkWords.ts';
import { actionLabels } from '../../model/jobActionRules.ts';
import { lookEveryMs, resultsStamp } from '../../model/operationProgress.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { usePage } from '../../state/page.ts';
import { usePoll, type Poll } from '../../state/usePoll.ts';
import { CancelOperation } from './cancelOperation.tsx';
import { OperationChip } from './operationChip.tsx';
import { Progress } from './progress.tsx';
import { Results } from './results.tsx';
import { Steps } from './steps.tsx';

const OperationFacts = ({ operation }: { operation: Operation }): JSX.Element => (
  <Facts
    rows={[
      ['Operation id', <Copyable text={operation.id} what="operation id" />],
      ['Jobs', filterText(operation.filter)],
      ['Accepted until', <Time at={operation.cutOff} />],
      ['Reason', operation.reason],
      ['By', operation.by],
      ['Asked for', <Time at={operation.createdOn} />],
      ['Started', operation.startedOn === null ? null : <Time at={operation.startedOn} />],
      ['Ended', operation.completedOn === null ? null : <Time at={operation.completedOn} />],
      ['Rate', `${operation.ratePerMinute.toLocaleString('en')} a minute`],
      [
        'Canary',
        operation.canary === null
          ? 'none'
          : `${operation.canary.steps.join(', ')}, then the rest; stops when more than ${operation.canary.failureLimitPercent} % of a step fail again`,
      ],
    ]}
  />
);

const Loaded = ({ operation, poll }: { operation: Operation; poll: Poll<Operation> }): JSX.Element => (
  <>
    <header class="job-head">
      <h1>{`${actionLabels[operation.action]}: ${filterText(operation.filter)}`}</h1>
      <OperationChip status={operation.status} />
    </header>
    {operation.message === null ? null : <p class="lede">{operation.message}</p>}
    {poll.problem === undefined ? null : (
      <Banner intent="warning">
        <ProblemText problem={poll.problem} /> What you see may be old.
      </Banner>
    )}
    <section class="sheet" aria-label="Progress">
      <Progress operation={operation} />
      <Steps operation={operation} />
    </section>
    <section class="sheet" aria-label="Facts">
      <OperationFacts operation={operation} />
    </section>
    <Results id={operation.id} stamp={resultsStamp(operation)} />
  </>
);

/** One operation: how far it is, what came of it, who wanted it and why. */
export const OperationView = ({ id }: { id: string }): JSX.Element => {
  const { client, live } = usePage();
  const path = `operations/${encodeURIComponent(id)}`;
  const [everyMs, setEveryMs] = useState(lookEveryMs(undefined, live.everyMs));
  const poll: Poll<Operation> = usePoll<Operation>(path, (signal) => client(path, { signal }), {
    everyMs,
    paused: live.paused,
  });
  const { value, problem, refresh } = poll;
  useEffect(() => setEveryMs(lookEveryMs(value, live.everyMs)), [value, live.everyMs]);
  return (
    <article class="view operation">
      <div class="command-bar">
        <CancelOperation operation={value} refresh={refresh} />
      </div>
      <nav aria-label="Breadcrumb" class="breadcrumb">
        <a href={addressOf({ view: 'operations' })}>Operations</a>
      </nav>
      {value !== undefined ? (
        <Loaded operation={value} poll={poll} />
      ) : problem === undefined ? (
        <Loading what="the operation" />
      ) : (
        <Failed problem={problem} retry={refresh} alone />
      )}
    </article>
  );
};
