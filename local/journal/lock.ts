import { readFile, rm, writeFile } from 'node:fs/promises';

/** One process at a time: a file that holds the owner's process id. */
export interface FileLock {
  release(): Promise<void>;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const ownerOf = async (file: string): Promise<number | undefined> => {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
};

const tryCreate = async (file: string): Promise<boolean> => {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Takes the lock `file`; a lock left behind by a killed process is taken over.
 *
 * @throws Error naming the process that holds it.
 */
export const takeLock = async (file: string): Promise<FileLock> => {
  const release = { release: () => rm(file, { force: true }) };
  if (await tryCreate(file)) return release;
  const owner = await ownerOf(file);
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
    throw new Error(`${file} is held by process ${owner}. Stop that process first.`);
  }
  await rm(file, { force: true });
  if (await tryCreate(file)) return release;
  throw new Error(`${file} was taken by another process just now.`);
};
