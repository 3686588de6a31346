import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample {
  readonly name: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The JSON files of a folder, as bytes. */
export const readSamples = (folder: string): readonly Sample[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, body: new Uint8Array(readFileSync(join(folder, name))) }));

/** The execution contexts of `samples/`. */
export const samples: readonly Sample[] = readSamples(join(import.meta.dirname, '../../samples'));
