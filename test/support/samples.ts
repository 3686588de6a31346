import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../samples');

export interface Sample {
  readonly name: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The execution contexts of `samples/`, as bytes. */
export const samples: readonly Sample[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, body: new Uint8Array(readFileSync(join(folder, name))) }));
