// `npm run verify`: everything that has to hold before a change is done, and what CI runs. Each check is counted beside
// the tests; the last line is the sum.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, '.local', 'test-results.json');
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Name, program, arguments. */
const checks = [
  ['types', bin('tsc'), ['-b', 'tsconfig.json', 'local', 'bench', 'cli', 'web', 'test']],
  ['lint', bin('eslint'), ['.']],
  ['format', bin('prettier'), ['--check', '.', '--log-level', 'warn']],
  ['dead code', bin('knip'), []],
  [
    'architecture',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.cjs', 'functions', 'shared', 'local', 'bench', 'cli', 'web', 'test'],
  ],
];

const run = (program, args) => spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;

/** npm tells the scripts it runs where it is itself. */
const npm = (args) =>
  process.env.npm_execpath === undefined
    ? run('npm', args)
    : run(process.execPath, [process.env.npm_execpath, ...args]);

const secondsSince = (start) => ((performance.now() - start) / 1000).toFixed(0);

const runCheck = ([name, program, args]) => {
  const start = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const passed = run(program, args);
  process.stdout.write(`== ${name}: ${passed ? 'passed' : 'FAILED'} (${secondsSince(start)} s)\n`);
  return passed;
};

/** Counts as the test runner reports them; a run that reports nothing is one failure. */
const runTests = () => {
  process.stdout.write('\n== tests\n');
  rmSync(results, { force: true });
  mkdirSync(join(root, '.local'), { recursive: true });
  const passed = npm(['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]);
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    const skipped = report.numPendingTests + report.numTodoTests;
    const failed = report.numFailedTests + (!passed && report.numFailedTests === 0 ? 1 : 0);
    return { passed: report.numPassedTests, failed, skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const checked = checks.map(runCheck);
const tests = runTests();
const passed = tests.passed + checked.filter(Boolean).length;
const failed = tests.failed + checked.filter((each) => !each).length;
for (const [index, [name]] of checks.entries())
  if (!checked[index]) process.stdout.write(`FAILED: ${name}\n`);
process.stdout.write(
  `\n${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}\n`,
);
process.exit(failed === 0 ? 0 : 1);
