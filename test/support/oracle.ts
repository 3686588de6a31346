import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const project = join(root, 'test/oracle/oracle.csproj');
const outputFolder = join(root, 'build/oracle');

/** Why the oracle cannot run here; undefined when it can. */
export const whyNoOracle = (): string | undefined => {
  const dotnet = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  if (dotnet.error !== undefined) return 'skipped: no dotnet on this machine';
  return /^(1\d|[2-9]\d)\./m.test(dotnet.stdout) ? undefined : 'skipped: no .NET SDK 10 or later here';
};

/** Builds the oracle into build/oracle. Needs the SDK alone, no packages. Throws with the compiler's output. */
export const buildOracle = (): void => {
  const objects = `-p:BaseIntermediateOutputPath=${join(root, 'build/oracle-obj')}/`;
  const built = spawnSync(
    'dotnet',
    ['build', project, '-c', 'Release', '-o', outputFolder, objects, '--nologo', '-v', 'q'],
    { encoding: 'utf8', env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' } },
  );
  if (built.status !== 0 || !existsSync(join(outputFolder, 'oracle.dll'))) {
    throw new Error(`The oracle does not build.\n${built.stdout}${built.stderr}`);
  }
};

/**
 * What is asked of .NET: `x` reads XML, `b` binary, and both write what they read as XML; `X` and `B` read JSON,
 * restore the types and write XML or binary.
 */
export type OracleCommand = 'x' | 'b' | 'X' | 'B';

export interface Oracle {
  /** The answer to one document; rejects with .NET's error. Many may be asked at once; they are answered in turn. */
  ask(command: OracleCommand, document: Uint8Array): Promise<Buffer>;
  stop(): void;
}

interface Waiting {
  readonly resolve: (answer: Buffer) => void;
  readonly reject: (error: Error) => void;
}

const requestOf = (command: string, document: Uint8Array): Buffer => {
  const head = Buffer.alloc(5);
  head.write(command, 0, 'latin1');
  head.writeInt32LE(document.length, 1);
  return Buffer.concat([head, document]);
};

/** Starts the built oracle: one process for all documents, in UTC, whose offset .NET would else add to dates. */
export const startOracle = (): Oracle => {
  const child = spawn('dotnet', [join(outputFolder, 'oracle.dll')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TZ: 'UTC' },
  });
  const waiting: Waiting[] = [];
  let received: Buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= 5 && received.length >= 5 + received.readInt32LE(1)) {
      const end = 5 + received.readInt32LE(1);
      const answer = received.subarray(5, end);
      const next = waiting.shift();
      if (received[0] === 0x2b) next?.resolve(Buffer.from(answer));
      else next?.reject(new Error(answer.toString('utf8')));
      received = received.subarray(end);
    }
  });
  child.on('close', () => {
    for (const each of waiting.splice(0)) each.reject(new Error('The oracle ended.'));
  });
  return {
    ask: (command, document) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(requestOf(command, document));
      }),
    stop: () => child.stdin.end(),
  };
};
