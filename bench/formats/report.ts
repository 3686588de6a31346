import { loadLine, machineLine } from '../machine.ts';
import { median, withRange } from '../statistics.ts';

/** CPU microseconds per conversion of one document to one format, run by run. */
export interface Measured {
  readonly name: string;
  readonly format: 'xml' | 'binary';
  readonly bytes: number;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

const row = ({ name, format, bytes, ours, theirs }: Measured): string => {
  const ratios = theirs.map((their, run) => their / (ours[run] ?? Number.NaN));
  const size = `${(bytes / 1024).toFixed(0)} KB`;
  const speed = (bytes / median(ours)).toFixed(0);
  const cells = [`${name} (${size})`, `JSON to ${format}`, withRange(ours, 0), withRange(theirs, 0)];
  return `| ${[...cells, `**${withRange(ratios, 2)}**`, speed].join(' | ')} |`;
};

/** The benchmark's report as Markdown. */
export const formatsReport = (
  measured: readonly Measured[],
  { runs, date }: { readonly runs: number; readonly date: Date },
): string => `# Benchmark of the message formats

Written by \`npm run bench:formats -- --report docs/benchmarks-formats.md\` on ${date.toISOString().slice(0, 10)}.
${machineLine()}
Load average before the report: ${loadLine()}.

Each side turns the JSON of a context into XML or binary, the whole way: JSON is read, types are restored by the rules of
[formats.md](formats.md), the other format is written. .NET does it with DataContractJsonSerializer,
DataContractSerializer and the same contracts and rules in C# (\`test/oracle\`), in a process of its own. CPU time is that of the
whole process, so garbage collection counts on both sides. Both are measured in turn, ${runs} times each after warming up.

Figures are medians with the lowest and the highest run.

| Context | Conversion | Bridge, CPU µs | .NET, CPU µs | .NET's time by ours | Bridge, MB of JSON per CPU second |
| --- | --- | --- | --- | --- | --- |
${measured.map(row).join('\n')}
`;
