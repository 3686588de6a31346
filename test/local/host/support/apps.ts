import { join } from 'node:path';

const appFolder = (name: string): string => join(import.meta.dirname, '..', 'apps', name);

/** The orchestrations that were recorded on the genuine engine. */
export const recordedApp = appFolder('recorded');
