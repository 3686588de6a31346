import { randomUUID } from 'node:crypto';

/** Columns of the account that is created: together a body of about 10 KB, the median of captured notifications. */
export const columns = 110;

const contracts = 'http://schemas.microsoft.com/xrm/2011/Contracts';

const attribute = (index: number): unknown => {
  const key = `bench_column${index}`;
  if (index % 3 === 0) return { key, value: `Text of column ${index}, as long as texts are on average` };
  if (index % 3 === 1) return { key, value: { __type: `OptionSetValue:${contracts}`, Value: index } };
  return { key, value: index * 1.5 };
};

const template = JSON.stringify({
  BusinessUnitId: '5f1c6a3e-0d1b-4c55-9d0e-6a3d2b8f9e01',
  CorrelationId: '0f4b8a52-7c3e-4d1f-8a7b-1c2d3e4f5a6b',
  Depth: 1,
  InitiatingUserAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
  InitiatingUserId: 'a1a1a1a1-0000-4000-8000-000000000001',
  InputParameters: [
    {
      key: 'Target',
      value: {
        __type: `Entity:${contracts}`,
        Attributes: Array.from({ length: columns }, (_, index) => attribute(index)),
        EntityState: null,
        FormattedValues: [],
        Id: 'c0ffee00-0000-4000-8000-000000000001',
        KeyAttributes: [],
        LogicalName: 'account',
        RelatedEntities: [],
        RowVersion: null,
      },
    },
  ],
  IsExecutingOffline: false,
  IsInTransaction: false,
  IsOfflinePlayback: false,
  IsolationMode: 1,
  MessageName: 'Create',
  Mode: 1,
  OperationCreatedOn: 'OPERATION_TIME',
  OperationId: 'OPERATION_ID',
  OrganizationId: '6f1c6a3e-0d1b-4c55-9d0e-6a3d2b8f9e02',
  OrganizationName: 'orgbench',
  OutputParameters: [{ key: 'id', value: 'c0ffee00-0000-4000-8000-000000000001' }],
  OwningExtension: {
    Id: '99999999-2222-4333-8444-555555555555',
    KeyAttributes: [],
    LogicalName: 'sdkmessageprocessingstep',
    Name: null,
    RowVersion: null,
  },
  ParentContext: null,
  PostEntityImages: [],
  PreEntityImages: [],
  PrimaryEntityId: 'c0ffee00-0000-4000-8000-000000000001',
  PrimaryEntityName: 'account',
  RequestId: '22222222-2222-4333-8444-555555555555',
  SecondaryEntityName: 'none',
  SharedVariables: [],
  Stage: 40,
  UserAzureActiveDirectoryObjectId: 'a1a1a1a1-0000-4000-8000-000000000004',
  UserId: 'a1a1a1a1-0000-4000-8000-000000000002',
});

/** A notification of a new operation at `timeMs` (milliseconds since 1970). */
export const notification = (timeMs = Date.now()): Buffer =>
  Buffer.from(
    template.replace('OPERATION_TIME', `/Date(${timeMs}+0000)/`).replace('OPERATION_ID', randomUUID()),
  );

export const notificationBytes = notification().byteLength;
