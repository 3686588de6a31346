import { describe, expect, it } from 'vitest';
import { isKnownGroup } from '../../../shared/group/isKnownGroup.ts';
import { acceptedAt, jobWith } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';

const rig = () => {
  const store = memoryJobStore();
  const isConfigured = (endpoint: string): boolean => endpoint === 'orders';
  const deps = { store, isConfigured, unreadable: () => undefined };
  return { store, knows: (endpoint: string) => isKnownGroup(deps, { endpoint }) };
};

describe('a group that can have a note (L-7)', () => {
  it('is one of an endpoint of the file, and of none that never was', async () => {
    const { knows } = rig();
    expect([await knows('orders'), await knows('invented')]).toEqual([true, false]);
  });

  it('is one of an endpoint that is gone while a job of it needs attention', async () => {
    const { store, knows } = rig();
    const changes = { endpoint: 'gone', status: 'Failed', attention: true } as const;
    await store.insert(jobWith({}, changes), new Uint8Array());
    expect(await knows('gone')).toBe(true);
  });

  it('is one that has a note already, so that it can be changed and removed', async () => {
    const { store, knows } = rig();
    await store.writeNote({ endpoint: 'gone', code: 'Busy', text: 'a', by: 'b', on: acceptedAt });
    expect(await knows('gone')).toBe(true);
  });
});
