import type { AccessKey } from './accessKey.ts';

/** Known to everybody who has this code: it keeps mistakes out, not people. */
const developmentKey = 'bG9jYWwtZGV2ZWxvcG1lbnQta2V5LW5vdC1hLXNlY3JldA==';

/** The key of a namespace that was given none. */
export const rootKey: AccessKey = {
  name: 'RootManageSharedAccessKey',
  rights: ['Manage', 'Send', 'Listen'],
  primaryKey: developmentKey,
};
