import type { JobStore } from '../../job/jobStore.ts';
import { backlogCounter } from './backlogCounter.ts';
import { heldLister } from './heldLister.ts';
import { scanAttention } from './attentionScan.ts';
import { groupNotes } from './groupNotes.ts';
import { listJobs } from './jobLister.ts';
import { walkJobs } from './jobWalker.ts';
import { singleJobs } from './singleJobs.ts';
import { sweepQueries } from './sweepQueries.ts';
import type { TableAccess } from './tableAccess.ts';

/** The job store in Table Storage. */
export const tableJobStore = (table: TableAccess): JobStore => ({
  ...singleJobs(table),
  ...sweepQueries(table),
  ...backlogCounter(table),
  ...heldLister(table),
  ...groupNotes(table),
  scanAttention: (unreadable) => scanAttention(table, unreadable),
  list: (query) => listJobs(table, query),
  walk: (query) => walkJobs(table, query),
});
