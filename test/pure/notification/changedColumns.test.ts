import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedColumnsOf } from '../../../shared/notification/changedColumns.ts';
import type { PostedPair } from '../../../shared/notification/executionContextSchema.ts';
import { notificationWith } from '../../support/contexts.ts';

const contextOf = (parameters: readonly PostedPair[] | null | undefined, message = 'Update') => ({
  MessageName: message,
  PrimaryEntityName: 'account',
  PrimaryEntityId: 'c0ffee00-0000-4000-8000-000000000001',
  ...(parameters === undefined ? {} : { InputParameters: parameters }),
});

const target = (value: unknown): PostedPair => ({ key: 'Target', value });
const name = { key: 'name', value: 'Fabrikam' };
const phone = { key: 'telephone1', value: null };

describe('the columns that an Update changes', () => {
  it('are those in its target, even if they were emptied', () => {
    const parameters = [{ key: 'ConcurrencyBehavior', value: 0 }, target({ Attributes: [name, phone] })];
    expect(changedColumnsOf(contextOf(parameters))).toEqual(['name', 'telephone1']);
    expect(changedColumnsOf(contextOf([target({ Attributes: [] })]))).toEqual([]);
  });

  it('are not asked of other messages', () => {
    expect(changedColumnsOf(contextOf([target({ Attributes: [name] })], 'Create'))).toBeUndefined();
  });

  it.each([
    [undefined],
    [null],
    [[]],
    [[target(null)]],
    [[target('account')]],
    [[target({ LogicalName: 'account' })]],
    [[target({ Attributes: null })]],
    [[{ key: 'target', value: { Attributes: [name] } }]],
  ])('are unknown where the parameters are %j', (parameters) => {
    expect(changedColumnsOf(contextOf(parameters))).toBeUndefined();
  });

  it('leave out what is no column', () => {
    expect(
      changedColumnsOf(contextOf([target({ Attributes: [null, 7, [], { value: 1 }, { key: 2 }, name] })])),
    ).toEqual(['name']);
  });

  it('never fail to be read', () => {
    const pairs = fc.array(fc.record({ key: fc.constantFrom('Target', 'x'), value: fc.jsonValue() }));
    fc.assert(
      fc.property(pairs, (parameters) => {
        const columns = changedColumnsOf(contextOf(parameters)) ?? [];
        for (const column of columns) expect(typeof column).toBe('string');
      }),
    );
  });

  it('stand in the notification', () => {
    expect(notificationWith({ MessageName: 'Update' }).changedColumns).toEqual(['name']);
    expect(notificationWith().changedColumns).toBeUndefined();
  });
});
