import { randomUUID } from 'node:crypto';

/** Tells this process from all others, for as long as it lives. */
export const newInstanceName = (): string => randomUUID().slice(0, 13);
