import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../../local/process/programs.ts';

/** The bridge's converter, as far as it is measured. */
export interface Converter {
  toXml(json: Uint8Array): Uint8Array;
  toBinary(json: Uint8Array): Uint8Array;
}

/** Loads the built converter: benchmarks know the app as its built output alone. */
export const loadConverter = async (): Promise<Converter> => {
  const file = join(repositoryRoot, 'dist/shared/context/write/convert.js');
  const module = (await import(pathToFileURL(file).href)) as { makeConverter: () => Converter };
  return module.makeConverter();
};

/** CPU microseconds (all threads, the garbage collector included) of so many conversions of one document. */
export const cpuMicroseconds = (
  converter: Converter,
  json: Uint8Array,
  format: 'xml' | 'binary',
  times: number,
): number => {
  const before = process.cpuUsage();
  for (let run = 0; run < times; run += 1) {
    if (format === 'xml') converter.toXml(json);
    else converter.toBinary(json);
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
};
