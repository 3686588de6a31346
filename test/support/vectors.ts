import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HintsMap } from '../../shared/context/write/hints.ts';
import { capturesFolder } from './captures.ts';

/** One execution context in the formats, as .NET's serializers write it. */
export interface Vector {
  readonly name: string;
  readonly json: Buffer;
  readonly xml: Buffer;
  readonly binary: Buffer;
}

const folder = join(import.meta.dirname, '../data/vectors');

const vectorsIn = (jsonFolder: string, outputs: string, suffix: string): Vector[] =>
  (existsSync(outputs) && existsSync(jsonFolder) ? readdirSync(outputs) : [])
    .filter((file) => file.endsWith(`${suffix}.xml`))
    .map((file) => file.slice(0, -`${suffix}.xml`.length))
    .filter((name) => !name.endsWith('.typed'))
    .map((name) => ({
      name: name + suffix,
      json: readFileSync(join(jsonFolder, `${name}.json`)),
      xml: readFileSync(join(outputs, `${name}${suffix}.xml`)),
      binary: readFileSync(join(outputs, `${name}${suffix}.nbfx`)),
    }));

/** What the JSON alone tells. */
export const vectors = vectorsIn(folder, folder, '');

/** What a source with full knowledge of the types writes; `typedHints` give the bridge that knowledge. */
export const typedVectors = vectorsIn(folder, folder, '.typed');

/** Vectors of captures, where there is a folder of them with their outputs beside it (`../vectors/from-contexts`). */
export const captureVectors = vectorsIn(capturesFolder, join(capturesFolder, '../vectors/from-contexts'), '');

export const typedHints: HintsMap = {
  'sample_alltypes.l_small': 'long',
  'sample_alltypes.dec_int': 'decimal',
  'sample_alltypes.dbl': 'double',
  'sample_alltypes.dbl_int': 'float',
  'sample_alltypes.dbl_neg0': 'double',
  'sample_alltypes.dbl_third': 'double',
  'sample_alltypes.dbl_float': 'double',
  'sample_alltypes.dbl_1e21': 'double',
  'sample_alltypes.guid': 'guid',
  '*.guid_empty': 'guid',
  'sample_alltypes.bytes_empty': 'bytes',
  'contoso_Do.Guids': 'guid[]',
  'contoso_Do.Float': 'double',
  'contoso_Do.Guid': 'guid',
  'Associate.RelatedEmpty': 'entityReference[]',
  'Delete.ConcurrencyBehavior': 'concurrencyBehavior',
};
