import { newJob } from '../../shared/job/newJob.ts';
import type { SystemJob } from '../../shared/job/systemJob.ts';
import { notificationWith, operation } from './contexts.ts';

/** The time of the operation in {@link contextWith}, and a little later: when tests accept it. */
export const operationTime = new Date(1764000000000);
export const acceptedAt = new Date(operationTime.getTime() + 1500);

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;

export const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

/** A job as it is right after acceptance; members of the context vary it, `changes` override columns. */
export const jobWith = (
  members: Readonly<Record<string, unknown>> = {},
  changes: Partial<SystemJob> = {},
): SystemJob => ({ ...newJob(notificationWith(members), acceptedAt), ...changes });

/** Members that give the n-th operation: one second later each, with an id of its own. */
export const nth = (n: number): Record<string, unknown> => operation(n, operationTime.getTime() + n * 1000);
