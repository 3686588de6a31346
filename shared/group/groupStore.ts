import type { FailureCode } from '../delivery/failureCatalogue.ts';
import type { SystemJob } from '../job/systemJob.ts';
import type { ReportUnreadable } from '../job/unreadableJob.ts';

/** What the attention index tells of a job, as far as a summary needs it. */
export interface AttentionEntry extends Pick<
  SystemJob,
  'endpoint' | 'status' | 'code' | 'attemptCount' | 'startedOn' | 'modifiedOn'
> {
  /** Not attempted, because its endpoint is paused or open. */
  readonly held: boolean;
}

export interface AttentionScan {
  readonly entries: readonly AttentionEntry[];
  /** False when there are more entries than a scan reads. */
  readonly complete: boolean;
}

/** The jobs of one endpoint that failed for one reason: the unit of a person's work. */
export interface GroupKey {
  readonly endpoint: string;
  readonly code: FailureCode;
}

/** What a person wrote about a group. */
export interface GroupNote extends GroupKey {
  readonly text: string;
  readonly by: string;
  readonly on: Date;
}

/** What summaries and notes need of the store. */
export interface GroupStore {
  /** Reads the attention index, and it alone: a bounded number of requests, whatever the number of delivered jobs. */
  scanAttention(unreadable: ReportUnreadable): Promise<AttentionScan>;
  readNotes(): Promise<readonly GroupNote[]>;
  /** Takes the place of the note that the group had. */
  writeNote(note: GroupNote): Promise<void>;
  /** Does nothing for a group without a note. */
  removeNote(group: GroupKey): Promise<void>;
}
