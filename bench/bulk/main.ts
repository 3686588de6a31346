import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../local/process/programs.ts';
import { helpText, readFlags, type BulkFlags } from './flags.ts';
import { reportOf } from './report.ts';
import { runOnce, type BulkRun } from './run.ts';

const measure = async (flags: BulkFlags): Promise<void> => {
  const runs: BulkRun[] = [];
  for (let run = 1; run <= flags.runs; run += 1) {
    console.log(`Run ${run} of ${flags.runs}: making ${flags.jobs} failed jobs, then retrying them ...`);
    const measured = await runOnce(flags);
    const { idle, during, retryMs } = measured;
    console.log(
      `  p99 ${idle.p99Ms.toFixed(1)} ms idle, ${during.p99Ms.toFixed(1)} ms during; ${(retryMs / 1000).toFixed(0)} s`,
    );
    runs.push(measured);
  }
  const report = reportOf(flags, runs);
  console.log(`\n${report}`);
  if (flags.report !== undefined) await writeFile(join(repositoryRoot, flags.report), report);
};

const flags = readFlags(process.argv.slice(2));
if (flags.help) console.log(helpText);
else await measure(flags);
