import type { Problem } from '../api/shapes.ts';

const unreadable =
  'Its row is damaged, or of a later version. All else goes on; the log has the reason, too.';

const byCode: Readonly<Record<string, string>> = {
  ConfigurationFaulty:
    'Nothing is accepted until every fault is mended and the app has been restarted; /api/health lists them.',
  JobUnreadable: unreadable,
  OperationUnreadable: unreadable,
};

const byStatus: Readonly<Record<number, string>> = {
  0: 'Check the network, and whether the app runs. The page tries again by itself.',
  403: 'Ask an administrator of the app for the role.',
  404: 'It may have been deleted, or its retention has ended.',
  503: 'Notifications that Dataverse posts now are refused with 503: it repeats each once, then its own system job has failed. Check the storage account; /api/health says more. The page tries again by itself.',
};

/** What a person can do about a failure; empty when the problem says it itself. */
export const problemAdvice = ({ code, status }: Pick<Problem, 'code' | 'status'>): string =>
  byCode[code ?? ''] ?? byStatus[status] ?? '';
