// Runs before `npm start`, `npm test` and the like: checks Node, installs what the lock file says, builds. Plain
// JavaScript without dependencies, since it has to run on a fresh clone.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const say = (text) => process.stderr.write(`${text}\n`);
const fail = (text) => {
  say(text);
  process.exit(1);
};

const checkNode = () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const least = engines.node.replace('>=', '').split('.').map(Number);
  const current = process.versions.node.split('.').map(Number);
  const older = current[0] < least[0] || (current[0] === least[0] && current[1] < least[1]);
  if (older) {
    fail(
      `Node ${engines.node} is needed; this is ${process.versions.node}. Install a newer one from https://nodejs.org and try again.`,
    );
  }
};

const checkFolder = () => {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    fail(
      `The folder ${root} cannot be written. Clone the repository into a folder that is yours, or change its permissions.`,
    );
  }
};

const npm = (...words) => {
  try {
    // npm gives its own path to the scripts it runs; that one is certainly there.
    const [file, ...before] = process.env.npm_execpath
      ? [process.execPath, process.env.npm_execpath]
      : ['npm'];
    execFileSync(file, [...before, ...words], { cwd: root, stdio: ['ignore', 2, 2] });
  } catch {
    fail(
      `"npm ${words.join(' ')}" failed; what it said stands above. Check the connection to the npm registry and try again.`,
    );
  }
};

/** Installs when the lock file is not the one that was installed last. */
const install = () => {
  const stamp = join(root, 'node_modules', '.installed-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing packages (about a minute the first time) ...');
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, lock);
};

const build = () => {
  say('Building ...');
  try {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    execFileSync(process.execPath, [tsc, '-b', 'tsconfig.json', 'local', 'bench', 'cli', 'web'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    execFileSync(process.execPath, [join(root, 'web', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
  } catch {
    fail("The build failed; the compiler's errors stand above.");
  }
};

checkNode();
checkFolder();
mkdirSync(join(root, '.local'), { recursive: true });
install();
build();
