import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../../local/journal/journal.ts';

describe('the journal', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
    file = join(folder, 'deep', 'state.journal');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (...entries: unknown[]) => {
    const { journal } = await openJournal({ file });
    await Promise.all(entries.map((entry) => journal.append(entry)));
    await journal.close();
  };

  it('gives back what was appended, in order', async () => {
    await write({ n: 1 }, { n: 2, text: 'line\nbreak ü' });
    await write({ n: 3 });
    const { journal, entries } = await openJournal({ file });
    await journal.close();
    expect(entries).toEqual([{ n: 1 }, { n: 2, text: 'line\nbreak ü' }, { n: 3 }]);
  });

  it('cuts off a torn last line and goes on behind the good ones', async () => {
    await write({ n: 1 }, { n: 2 });
    const whole = (await stat(file)).size;
    await appendFile(file, '0badc0de {"n":');
    const opened = await openJournal<{ n: number }>({ file });
    expect(opened.tornBytes).toBe(14);
    expect((await stat(file)).size).toBe(whole);
    await opened.journal.append({ n: 3 });
    await opened.journal.close();
    const again = await openJournal<{ n: number }>({ file });
    await again.journal.close();
    expect(again.entries.map((entry) => entry.n)).toEqual([1, 2, 3]);
  });

  it('stops at a line whose checksum does not match', async () => {
    await write({ n: 1 }, { n: 2 });
    await writeFile(file, (await readFile(file, 'utf8')).replace('"n":2', '"n":9'));
    const { journal, entries } = await openJournal({ file });
    await journal.close();
    expect(entries).toEqual([{ n: 1 }]);
  });

  it('replaces its content when compacted and goes on appending', async () => {
    const { journal } = await openJournal({ file, sync: true });
    for (let n = 0; n < 10; n += 1) await journal.append({ n });
    expect(journal.appended).toBe(10);
    await journal.compact([{ n: 9 }]);
    expect(journal.appended).toBe(0);
    await journal.append({ n: 10 });
    await journal.close();
    const again = await openJournal({ file });
    await again.journal.close();
    expect(again.entries).toEqual([{ n: 9 }, { n: 10 }]);
  });

  it('counts appends that wait when it is compacted as part of the new content', async () => {
    const { journal } = await openJournal({ file });
    const state: number[] = [];
    const appends = [1, 2, 3].map((n) => {
      state.push(n);
      return journal.append(n);
    });
    const compacted = journal.compact(state);
    state.push(4);
    await Promise.all([...appends, compacted, journal.append(4)]);
    await journal.close();
    const again = await openJournal({ file });
    await again.journal.close();
    expect(again.entries).toEqual([1, 2, 3, 4]);
  });

  it('writes what still waits before it closes', async () => {
    const { journal } = await openJournal({ file });
    const appended = journal.append('last');
    await journal.close();
    await appended;
    const again = await openJournal({ file });
    await again.journal.close();
    expect(again.entries).toEqual(['last']);
  });

  it('refuses a second process and takes over from a dead one', async () => {
    await write({ n: 1 });
    await writeFile(`${file}.lock`, String(process.ppid));
    await expect(openJournal({ file })).rejects.toThrow(`held by process ${process.ppid}`);
    await writeFile(`${file}.lock`, '999999999');
    const { journal } = await openJournal({ file });
    await journal.close();
  });
});
