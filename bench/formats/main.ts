import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../../local/process/programs.ts';
import { cpuMicroseconds, loadConverter } from './bridge.ts';
import { buildDotnet, startDotnet } from './dotnet.ts';
import { formatsReport, type Measured } from './report.ts';

/** Vectors of three sizes, and how many conversions make one measurement of 100 to 800 ms. */
const documents = [
  { name: 'create-account', times: 4000 },
  { name: 'wide-opportunity', times: 200 },
  { name: 'long-values', times: 400 },
] as const;

const formats = ['xml', 'binary'] as const;

/** Measurements of each pair; ours and .NET's alternate, so that a busy machine bears on both. */
const runs = 15;
/** Measurements before those that count: both compilers optimize what runs often, .NET's in steps. */
const warmUps = 6;

const measureAll = async (): Promise<Measured[]> => {
  buildDotnet();
  const dotnet = startDotnet();
  const converter = await loadConverter();
  const measured: Measured[] = [];
  for (const { name, times } of documents) {
    const json = readFileSync(join(repositoryRoot, 'test/data/vectors', `${name}.json`));
    for (const format of formats) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let run = -warmUps; run < runs; run += 1) {
        const our = cpuMicroseconds(converter, json, format, times) / times;
        const their = (await dotnet.cpuMicroseconds(json, format, times)) / times;
        if (run < 0) continue;
        ours.push(our);
        theirs.push(their);
      }
      measured.push({ name, format, bytes: json.length, ours, theirs });
    }
  }
  dotnet.stop();
  return measured;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { report: { type: 'string' } } });
  const report = formatsReport(await measureAll(), { runs, date: new Date() });
  console.log(report);
  if (values.report !== undefined) await writeFile(resolve(repositoryRoot, values.report), report);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
