import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { repositoryRoot } from '../local/process/programs.ts';
import { helpText, readFlags } from './flags.ts';
import { measureAll } from './measure.ts';
import { writeReport } from './report.ts';

const main = async (): Promise<void> => {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    console.log(helpText);
    return;
  }
  const started = performance.now();
  const progress = (text: string): void => {
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
  };
  const report = writeReport(await measureAll(flags, progress), flags, new Date());
  console.log(report);
  if (flags.report !== undefined) await writeFile(resolve(repositoryRoot, flags.report), report);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
