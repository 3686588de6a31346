import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../../model/address.ts';
import { readColumns, writeColumns, type Columns } from '../../model/columns.ts';
import { formatFilter, isEmptyFilter, type JobFilter } from '../../model/filter.ts';
import { everything, extended, nothingSelected, toggled, type Selection } from '../../model/selection.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { StateBar } from '../../parts/stateBar.tsx';
import { Failed, Loading, State } from '../../parts/states.tsx';
import { usePage } from '../../state/page.ts';
import { useKept } from '../../state/useKept.ts';
import { ColumnsDialog } from './columnsDialog.tsx';
import { bulkRequest, Commands } from './commands.tsx';
import { FilterBar } from './filterBar.tsx';
import { JobTable } from './jobTable.tsx';
import { useJobList, type LiveJobs } from './useJobList.ts';
import { useRowKeys } from './useRowKeys.ts';
import { Button } from '../../parts/button.tsx';

const Nothing = ({ filter }: { filter: JobFilter }): JSX.Element =>
  isEmptyFilter(filter) ? (
    <State title="No jobs yet">
      <p>A job appears here when Dataverse posts a notification to /api/notify/.</p>
    </State>
  ) : (
    <State title="No job matches">
      <p>
        <a href={addressOf({ view: 'jobs', filter: {} })}>Show all jobs</a>
      </p>
    </State>
  );

interface SelectionBarProps {
  readonly selection: Selection;
  readonly order: readonly string[];
  readonly select: (selection: Selection) => void;
}

const SelectionBar = ({ selection, order, select }: SelectionBarProps): JSX.Element | null => {
  const { ids, all } = selection;
  if (ids.size === 0) return null;
  return (
    <p class="selection-bar">
      <strong>{all ? 'All that match are selected' : `${ids.size} selected`}</strong>
      {all ? null : (
        <button type="button" class="text-button" onClick={() => select(everything(order))}>
          Select all that match
        </button>
      )}
      <button type="button" class="text-button" onClick={() => select(nothingSelected)}>
        Clear selection
      </button>
    </p>
  );
};

/** What came since, announced and not pushed in. */
const FreshBar = ({ count, show }: { count: number; show: () => void }): JSX.Element => (
  <div class="fresh-bar" role="status">
    {count === 0 ? null : (
      <button type="button" onClick={show}>
        {`${count} new ${count === 1 ? 'job' : 'jobs'} – show`}
      </button>
    )}
  </div>
);

const Foot = ({ jobs }: { jobs: LiveJobs }): JSX.Element | null => {
  const { list, loadingMore, loadMore } = jobs;
  if (list === undefined) return null;
  return (
    <div class="list-foot">
      <span class="hint">
        {`${list.rows.length} shown`}
        {list.unreadable.length === 0 ? '' : `, ${list.unreadable.length} cannot be read (the log says why)`}
      </span>
      {list.next === null ? null : (
        <Button unavailable={loadingMore} onClick={() => void loadMore()}>
          {loadingMore ? 'Loading …' : 'Load more'}
        </Button>
      )}
    </div>
  );
};

interface ListProps {
  readonly jobs: LiveJobs;
  readonly filter: JobFilter;
  readonly columns: Columns;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

const List = ({ jobs, filter, columns, selection, select }: ListProps): JSX.Element => {
  const { list, problem } = jobs;
  const { summary } = usePage();
  if (list === undefined) {
    return problem === undefined ? (
      <Loading what="jobs" />
    ) : (
      <Failed problem={problem} retry={jobs.refresh} />
    );
  }
  const order = list.rows.map(({ job }) => job.id);
  return (
    <>
      <div class="list-head">
        <SelectionBar selection={selection} order={order} select={select} />
        <FreshBar count={list.fresh.length} show={jobs.showFresh} />
      </div>
      {list.rows.length === 0 && list.next === null ? (
        <Nothing filter={filter} />
      ) : (
        <div class="table-room">
          <JobTable
            rows={list.rows}
            filter={filter}
            columns={columns}
            selection={selection}
            select={select}
          />
        </div>
      )}
      <Foot jobs={jobs} />
      {problem === undefined || summary.problem !== undefined ? null : (
        <div class="notices">
          <Banner intent="error">
            <ProblemText problem={problem} /> The list is as it was; the page tries again by itself.
          </Banner>
        </div>
      )}
    </>
  );
};

const keptColumns = { name: 'bridge.columns', read: readColumns, write: writeColumns };

/** The list of jobs. */
export const Jobs = ({ filter }: { filter: JobFilter }): JSX.Element => {
  const { openBulk, refusal, say } = usePage();
  const jobs = useJobList(filter);
  const [selection, select] = useState<Selection>(nothingSelected);
  const [columns, keepColumns] = useKept(keptColumns);
  const [choosing, setChoosing] = useState(false);
  const query = formatFilter(filter);
  useEffect(() => select(nothingSelected), [query]);
  const order = jobs.list?.rows.map(({ job }) => job.id) ?? [];
  useRowKeys({
    select: (id, range) => select((range ? extended : toggled)(selection, id, order)),
    clear: () => select(nothingSelected),
    retry: (id) => {
      const chosen =
        selection.ids.size > 0 || id === undefined ? selection : toggled(nothingSelected, id, order);
      const reason = refusal('act') ?? (chosen.ids.size === 0 ? 'Select jobs first.' : undefined);
      if (reason === undefined) openBulk(bulkRequest('retry', chosen, filter));
      else say(reason);
    },
  });
  return (
    <div class="view">
      <Commands
        filter={filter}
        selection={selection}
        refresh={jobs.refresh}
        chooseColumns={() => setChoosing(true)}
      />
      <h1>Jobs</h1>
      <StateBar filter={filter} />
      <section class="sheet" aria-label="List of jobs">
        <FilterBar filter={filter} />
        <List jobs={jobs} filter={filter} columns={columns} selection={selection} select={select} />
      </section>
      {choosing ? (
        <ColumnsDialog columns={columns} keep={keepColumns} onClose={() => setChoosing(false)} />
      ) : null}
    </div>
  );
};
