import { join } from 'node:path';

const appFolder = (name: string): string => join(import.meta.dirname, '..', 'apps', name);

/** The orchestrations that were recorded on the genuine engine. */
export const recordedApp = appFolder('recorded');

/** Orchestrations for rules that no recording shows. */
export const rulesApp = appFolder('rules');

/** HTTP triggers of all kinds; a package of type module whose entry points are CommonJS. */
export const webApp = appFolder('web');

/** Timer triggers. */
export const timedApp = appFolder('timed');

/** Runs programs made at random. */
export const randomApp = appFolder('random');

/** Notes in a file, named by the setting NOTES, what it did; for hosts that die. */
export const lastingApp = appFolder('lasting');
