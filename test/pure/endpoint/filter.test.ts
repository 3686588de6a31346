import { describe, expect, it } from 'vitest';
import { filteredOutBecause, type Subject } from '../../../shared/endpoint/filter.ts';
import type { NotificationFilter } from '../../../shared/endpoint/serviceEndpoint.ts';
import { noFilter } from '../../support/posting.ts';

const subject: Subject = {
  messageName: 'Update',
  primaryEntityName: 'account',
  stage: 40,
  changedColumns: ['name', 'telephone1'],
};

const reasonOf = (filter: Partial<NotificationFilter>, changes: Partial<Subject> = {}) =>
  filteredOutBecause({ ...noFilter, ...filter }, { ...subject, ...changes });

describe('a filter', () => {
  it('lets everything pass when it is empty', () => {
    expect(reasonOf({})).toBeUndefined();
    expect(reasonOf({}, { stage: undefined, changedColumns: undefined })).toBeUndefined();
  });

  it('compares names without regard to case', () => {
    expect(
      reasonOf({ messages: ['update'], tables: ['ACCOUNT'], changedColumns: ['Telephone1'] }),
    ).toBeUndefined();
  });

  it('says what is taken instead (R-10)', () => {
    expect(reasonOf({ messages: ['Create', 'Delete'] })).toBe(
      'Taken are the messages Create, Delete, not Update.',
    );
    expect(reasonOf({ tables: ['contact'] })).toBe('Taken are the tables contact, not account.');
    expect(reasonOf({ stages: [10, 20] })).toBe('Taken are the stages 10, 20, not 40.');
    expect(reasonOf({ changedColumns: ['revenue'] })).toBe(
      'Taken are updates of revenue; none of them was changed.',
    );
  });

  it('of stages does not let a notification pass that has none', () => {
    expect(reasonOf({ stages: [40] })).toBeUndefined();
    expect(reasonOf({ stages: [40] }, { stage: undefined })).toBe('Taken are the stages 40, not none.');
  });

  it('of columns lets pass what is no Update, or came without its target', () => {
    expect(reasonOf({ changedColumns: ['revenue'] }, { changedColumns: undefined })).toBeUndefined();
    expect(reasonOf({ changedColumns: ['revenue'] }, { changedColumns: [] })).toBeDefined();
  });

  it('must be met in every part', () => {
    const both = { messages: ['Update'], tables: ['contact'] };
    expect(reasonOf(both)).toBeDefined();
    expect(reasonOf(both, { primaryEntityName: 'contact' })).toBeUndefined();
  });
});
