import type { ProblemCode } from '../problemCatalogue.ts';
import { endpointRoutes } from './endpointRoutes.ts';
import { groupRoutes } from './groupRoutes.ts';
import { jobRoutes } from './jobRoutes.ts';
import { notifyRoutes } from './notifyRoutes.ts';
import { operationRoutes } from './operationRoutes.ts';
import type { Route } from './route.ts';
import { systemRoutes } from './systemRoutes.ts';

/** Every route of the API. */
export const routes: readonly Route[] = [
  ...jobRoutes,
  ...groupRoutes,
  ...endpointRoutes,
  ...operationRoutes,
  ...systemRoutes,
  ...notifyRoutes,
];

const ours: readonly ProblemCode[] = ['ConfigurationFaulty', 'StorageUnavailable', 'InternalFault'];

/** Every problem that a route may answer with; of a missing key the host tells without one. */
export const problemsOf = ({ needed, problems }: Route): readonly ProblemCode[] =>
  needed === 'notify'
    ? [...problems, ...ours]
    : ['SignInNeeded', 'RoleMissing', 'CrossSite', ...problems, ...ours];
