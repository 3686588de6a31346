import type { JSX } from 'preact';
import { addressOf } from '../../model/address.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Sign } from '../../parts/icon.tsx';
import { StateBar } from '../../parts/stateBar.tsx';
import { Failed, Loading, State } from '../../parts/states.tsx';
import { usePage } from '../../state/page.ts';
import { EndpointsNotRunning } from './endpointsNotRunning.tsx';
import { GroupCard } from './groupCard.tsx';

const Groups = (): JSX.Element => {
  const { value, problem, refresh } = usePage().summary;
  if (value === undefined) {
    return problem === undefined ? (
      <Loading what="failure groups" />
    ) : (
      <Failed problem={problem} retry={refresh} />
    );
  }
  if (value.groups.length === 0) {
    return (
      <State
        title="Nothing fails"
        sign={
          <span class="tone-good state-sign">
            <Sign display="Succeeded" />
          </span>
        }
      >
        <p>
          {`${value.delivered.lastHour.toLocaleString('en')} delivered in the last hour, ${value.delivered.lastDay.toLocaleString('en')} in the last day. `}
          <a href={addressOf({ view: 'jobs', filter: {} })}>Show all jobs</a>
        </p>
      </State>
    );
  }
  return (
    <ul class="groups" aria-label="Failure groups">
      {value.groups.map((group) => (
        <GroupCard key={`${group.endpoint} ${group.code}`} group={group} />
      ))}
    </ul>
  );
};

/** Where the page opens: counts by state, endpoints that hold jobs back, and what fails by endpoint and cause. */
export const Overview = (): JSX.Element => {
  const { summary } = usePage();
  return (
    <div class="view">
      <div class="command-bar">
        <ActionButton label="Refresh" icon="refresh" onClick={summary.refresh} />
      </div>
      <h1>Overview</h1>
      <StateBar />
      <EndpointsNotRunning />
      <section class="sheet" aria-labelledby="groups-title">
        <div class="sheet-head">
          <h2 id="groups-title">Failure groups</h2>
          {summary.value?.complete === false ? (
            <span class="hint">There are more failures than are counted here.</span>
          ) : null}
        </div>
        <Groups />
      </section>
    </div>
  );
};
