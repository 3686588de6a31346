import { join } from 'node:path';

/**
 * Captures of real notifications. They are other people's data and not part of this repository; whoever has a folder
 * of them names it, or puts it beside the repository.
 */
export const contextsFolder =
  process.env['TEST_CONTEXTS_FOLDER'] ?? join(import.meta.dirname, '../../../shared/contexts');

export const whyNoContexts =
  ' (skipped: no captures here; set TEST_CONTEXTS_FOLDER to a folder of execution contexts as JSON files)';
