import { describe, expect, it } from 'vitest';
import { claimName, claimProperties } from '../../../shared/message/claims.ts';
import { jobWith } from '../../support/jobs.ts';

const caller = 'a1a1a1a1-0000-4000-8000-000000000002';
const initiator = 'a1a1a1a1-0000-4000-8000-000000000001';
const objectId = 'b2b2b2b2-0000-4000-8000-000000000001';

const job = jobWith({ UserAzureActiveDirectoryObjectId: objectId }, { organization: 'fabrikam.example' });

const own = (names: Record<string, string>) =>
  Object.fromEntries(Object.entries(names).map(([name, value]) => [claimName(name), value]));

const withoutUser = {
  Organization: 'https://fabrikam.example/',
  EntityLogicalName: 'account',
  RequestName: 'Create',
  InitiatingUserAgent: 'Tests',
};
const withUser = { ...withoutUser, User: caller, InitiatingUser: initiator };

describe('the claims of a message', () => {
  it('have the names that listeners of Dataverse look for (M-4)', () => {
    expect(claimName('RequestName')).toBe('http://schemas.microsoft.com/xrm/2011/Claims/RequestName');
  });

  it('say of the user as much as the endpoint wants (M-4)', () => {
    expect(claimProperties(job, 'none', false)).toEqual(own(withoutUser));
    expect(claimProperties(job, 'userId', false)).toEqual(own(withUser));
    expect(claimProperties(job, 'userInfo', false)).toEqual(
      own({ ...withUser, UserAzureActiveDirectoryObjectId: objectId }),
    );
  });

  it('stand a second time under their short names where the endpoint wants aliases (M-11)', () => {
    expect(claimProperties(job, 'userId', true)).toEqual({ ...own(withUser), ...withUser });
  });

  it('leave out what is not known, with its alias (M-4)', () => {
    const bare = jobWith({
      OrganizationName: null,
      UserId: null,
      InitiatingUserId: null,
      InitiatingUserAgent: null,
    });
    const known = { EntityLogicalName: 'account', RequestName: 'Create' };
    expect(claimProperties(bare, 'userInfo', true)).toEqual({ ...own(known), ...known });
  });
});
