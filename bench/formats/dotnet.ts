import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../../local/process/programs.ts';

const project = join(repositoryRoot, 'test/oracle/oracle.csproj');
const output = join(repositoryRoot, 'build/oracle');

/** Builds the program of .NET's serializers. Throws with the compiler's output. */
export const buildDotnet = (): void => {
  const objects = `-p:BaseIntermediateOutputPath=${join(repositoryRoot, 'build/oracle-obj')}/`;
  const flags = ['-c', 'Release', '-o', output, objects, '--nologo', '-v', 'q'];
  const built = spawnSync('dotnet', ['build', project, ...flags], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`dotnet build failed.\n${built.error?.message ?? built.stdout}`);
};

/** .NET's serializers in a process of their own. */
export interface Dotnet {
  /** CPU microseconds (all threads, its garbage collector included) of so many conversions of one document. */
  cpuMicroseconds(json: Uint8Array, format: 'xml' | 'binary', times: number): Promise<number>;
  stop(): void;
}

const readAnswer = async (child: ChildProcessWithoutNullStreams): Promise<string> => {
  let received: Buffer = Buffer.alloc(0);
  while (received.length < 5 || received.length < 5 + received.readInt32LE(1)) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    received = Buffer.concat([received, chunk]);
  }
  const text = received.subarray(5).toString('utf8');
  if (received[0] !== 0x2b) throw new Error(text);
  return text;
};

export const startDotnet = (): Dotnet => {
  const child = spawn('dotnet', [join(output, 'oracle.dll')], { env: { ...process.env, TZ: 'UTC' } });
  return {
    cpuMicroseconds: async (json, format, times) => {
      const head = Buffer.alloc(9);
      head.write(format === 'xml' ? 't' : 'T', 0, 'latin1');
      head.writeInt32LE(json.length + 4, 1);
      head.writeInt32LE(times, 5);
      child.stdin.write(Buffer.concat([head, json]));
      return Number(await readAnswer(child));
    },
    stop: () => child.stdin.end(),
  };
};
