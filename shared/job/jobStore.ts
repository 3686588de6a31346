import type { BacklogStore } from '../gate/backlog.ts';
import type { HeldStore } from '../gate/recovery.ts';
import type { GroupStore } from '../group/groupStore.ts';
import type { AcceptStore } from './acceptNotification.ts';
import type { ActionStore } from './actOnJob.ts';
import type { DeletionStore } from './deleteJob.ts';
import type { JobListStore, JobWalkStore } from './jobList.ts';
import type { AttemptStore } from './postMessage.ts';
import type { SweepStore } from './sweep.ts';

/** Reads and writes of single jobs. */
export type SingleJobStore = AcceptStore & AttemptStore & ActionStore & DeletionStore;

/** All that the app asks of a store, from each of its consumers. */
export type JobStore = SingleJobStore &
  SweepStore &
  JobListStore &
  JobWalkStore &
  BacklogStore &
  HeldStore &
  GroupStore;
