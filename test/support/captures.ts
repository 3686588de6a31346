import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSamples, type Sample } from './samples.ts';

/** Where captures would be. */
export const capturesFolder =
  process.env['TEST_CONTEXTS_FOLDER'] ?? join(import.meta.dirname, '../../../shared/contexts');

/**
 * Captures of real notifications. They are other people's data and not part of this repository; whoever has a folder
 * of them names it in TEST_CONTEXTS_FOLDER, or puts it beside the repository as `shared/contexts`. None when there is
 * no such folder.
 */
export const captures: readonly Sample[] = existsSync(capturesFolder) ? readSamples(capturesFolder) : [];

/** What a title says when there are none; empty when there are some. */
export const whyNoCaptures =
  captures.length > 0
    ? ''
    : ' (skipped: no captures here; set TEST_CONTEXTS_FOLDER to a folder of execution contexts as JSON files)';
