import { appendFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { takeLock, type FileLock } from './lock.ts';

/**
 * An append-only file of JSON records, one line each, that survives the death of the process at any instant.
 *
 * A line is `<crc32 as 8 hex digits> <json>\n`. A crash can only tear the last line; {@link openJournal} cuts it
 * off. Appends of one event-loop turn are written together, so concurrency costs one write, not many.
 */
export interface Journal<Entry> {
  /** Resolves when the record is in the file (and on the disk, when `sync` was asked for). */
  append(entry: Entry): Promise<void>;
  /**
   * Replaces the whole content by `entries`, which are read at once and must reflect every append so far. Written
   * beside and renamed, so that a crash leaves the old or the new file; later appends go to the new one.
   */
  compact(entries: Iterable<Entry>): Promise<void>;
  /** Records appended since the journal was opened or compacted; a reason to compact when it grows. */
  readonly appended: number;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly file: string;
  /** Wait for the disk at each write (power loss), not only for the kernel (process death). Default false. */
  readonly sync?: boolean;
}

export interface OpenedJournal<Entry> {
  readonly journal: Journal<Entry>;
  /** What the file held, oldest first. */
  readonly entries: Entry[];
  /** Bytes of a torn last line that were cut off; 0 after an orderly stop. */
  readonly tornBytes: number;
}

const toLine = (entry: unknown): string => {
  const json = JSON.stringify(entry);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
};

/** The record of a line, or undefined when the line is torn or altered. */
const fromLine = (line: string): { entry: unknown } | undefined => {
  const json = line.slice(9);
  if (line[8] !== ' ' || crc32(json) !== Number.parseInt(line.slice(0, 8), 16)) return undefined;
  return { entry: JSON.parse(json) };
};

/** Reads lines up to the first one that is not whole; `goodBytes` is where the file has to be cut. */
const readLines = (content: Buffer): { entries: unknown[]; goodBytes: number } => {
  const entries: unknown[] = [];
  let goodBytes = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, goodBytes)) {
    const read = fromLine(content.toString('utf8', goodBytes, end));
    if (read === undefined) break;
    entries.push(read.entry);
    goodBytes = end + 1;
  }
  return { entries, goodBytes };
};

const readIfPresent = async (file: string): Promise<Buffer> => {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
};

interface Waiter {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

interface GroupWriter {
  /** Resolves when the line is written; the lines of one turn share one write. */
  write(line: string): Promise<void>;
  /** Runs `work` while nothing is written. Lines that wait at its start count as done by it. */
  replace(work: () => Promise<void>): Promise<void>;
  /** Runs `work` after all that waits is written. */
  finish(work: () => Promise<void>): Promise<void>;
}

/** Gathers the lines of one turn into one write. */
const groupWriter = (writeOut: (text: string) => Promise<void>): GroupWriter => {
  let open: Waiter[] = [];
  let busy: Promise<void> = Promise.resolve();
  const settle = async (group: readonly Waiter[], work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      for (const waiter of group) waiter.resolve();
    } catch (error) {
      for (const waiter of group) waiter.reject(error);
    }
  };
  const afterBusy = (work: () => Promise<void>): void => {
    busy = busy.then(() => new Promise<void>((done) => setImmediate(done))).then(work);
  };
  /** Ends the open group, so that its own flush finds it and later lines start another one. */
  const takeGroup = (): Waiter[] => {
    const group = open;
    open = [];
    return group;
  };
  const flush = async (group: Waiter[]): Promise<void> => {
    if (group === open) open = [];
    const lines = group.splice(0);
    if (lines.length > 0) await settle(lines, () => writeOut(lines.map((waiter) => waiter.line).join('')));
  };
  return {
    write: (line) =>
      new Promise<void>((resolve, reject) => {
        const group = open;
        if (group.push({ line, resolve, reject }) === 1) afterBusy(() => flush(group));
      }),
    replace: (work) =>
      new Promise<void>((resolve, reject) => {
        const group = [...takeGroup().splice(0), { line: '', resolve, reject }];
        afterBusy(() => settle(group, work));
      }),
    finish: (work) =>
      new Promise<void>((resolve, reject) => {
        afterBusy(() => settle([{ line: '', resolve, reject }], work));
      }),
  };
};

const writeBeside = async (file: string, lines: readonly string[]): Promise<void> => {
  const beside = `${file}.new`;
  const handle = await open(beside, 'w');
  try {
    await handle.writeFile(lines.join(''));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
};

function* linesOf(entries: Iterable<unknown>): Generator<string> {
  for (const entry of entries) yield toLine(entry);
}

/**
 * Opens (or creates) a journal, takes its lock, cuts a torn tail and returns what it held.
 *
 * @throws Error when another process holds the journal, or when the folder cannot be written.
 */
export const openJournal = async <Entry>(options: JournalOptions): Promise<OpenedJournal<Entry>> => {
  const { file, sync = false } = options;
  await mkdir(dirname(file), { recursive: true });
  const lock: FileLock = await takeLock(`${file}.lock`);
  const content = await readIfPresent(file);
  const { entries, goodBytes } = readLines(content);
  await rm(`${file}.new`, { force: true });
  let handle = await open(file, 'a');
  if (goodBytes < content.length) await handle.truncate(goodBytes);
  const writer = groupWriter(async (text) => {
    // A copy to the kernel takes microseconds; to have a thread do it costs every answer of the host two switches.
    appendFileSync(handle.fd, text);
    if (sync) await handle.datasync();
  });
  let appended = 0;
  const journal: Journal<Entry> = {
    append: (entry) => {
      appended += 1;
      return writer.write(toLine(entry));
    },
    compact: (kept) => {
      const lines = [...linesOf(kept)];
      appended = 0;
      return writer.replace(async () => {
        await handle.close();
        await writeBeside(file, lines);
        handle = await open(file, 'a');
      });
    },
    get appended() {
      return appended;
    },
    close: () =>
      writer.finish(async () => {
        await handle.close();
        await lock.release();
      }),
  };
  return { journal, entries: entries as Entry[], tornBytes: content.length - goodBytes };
};
