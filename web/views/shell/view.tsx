import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { addressOf, type Place } from '../../model/address.ts';
import { State } from '../../parts/states.tsx';
import { EndpointsView } from '../endpoints/endpointsView.tsx';
import { EndpointView } from '../endpoints/endpointView.tsx';
import { JobView } from '../job/jobView.tsx';
import { Jobs } from '../jobs/jobs.tsx';
import { UnknownFilter } from '../jobs/unknownFilter.tsx';
import { OperationsView } from '../operations/operationsView.tsx';
import { OperationView } from '../operations/operationView.tsx';
import { Overview } from '../overview/overview.tsx';

const titles: Readonly<Record<Place['view'], string>> = {
  overview: 'Overview',
  jobs: 'Jobs',
  job: 'Job',
  endpoints: 'Endpoints',
  endpoint: 'Endpoint',
  operations: 'Operations',
  operation: 'Operation',
  unknown: 'Not found',
};

const content = (place: Place): JSX.Element => {
  switch (place.view) {
    case 'overview':
      return <Overview />;
    case 'jobs':
      return place.unknown === undefined ? (
        <Jobs filter={place.filter} />
      ) : (
        <UnknownFilter names={place.unknown} filter={place.filter} />
      );
    case 'job':
      return <JobView id={place.id} tab={place.tab} />;
    case 'endpoints':
      return <EndpointsView />;
    case 'endpoint':
      return <EndpointView name={place.name} />;
    case 'operations':
      return <OperationsView />;
    case 'operation':
      return <OperationView id={place.id} />;
    case 'unknown':
      return (
        <State title="There is no such view" alone>
          <p>
            <a href={addressOf({ view: 'overview' })}>Go to the overview</a>
          </p>
        </State>
      );
  }
};

/** The view of a place. */
export const View = ({ place }: { place: Place }): JSX.Element => {
  useEffect(() => {
    document.title = `${titles[place.view]} – System Jobs`;
  }, [place.view]);
  return content(place);
};
