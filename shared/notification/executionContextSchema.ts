/**
 * JSON Schema of a posted `RemoteExecutionContext`, as tolerant as real notifications demand.
 *
 * Three members are required: without them nobody could name or find the job. Everything else may be absent, null or
 * joined by unknown members, at every level: bodies carry 27 members (2017), 29 (2020) or 30 (2023 on), finance and
 * operations events carry others, and beyond 256 KB Dataverse removes four of them.
 */

const guid = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

const optionalGuid = { type: ['string', 'null'], pattern: guid } as const;
const optionalText = { type: ['string', 'null'] } as const;
const optionalFlag = { type: ['boolean', 'null'] } as const;
const optionalInteger = { type: ['integer', 'null'] } as const;

/** A .NET parameter collection on the wire: pairs in lower case, any JSON value. */
const optionalPairs = {
  type: ['array', 'null'],
  items: {
    type: 'object',
    required: ['key'],
    properties: { key: { type: 'string' } },
  },
} as const;

const optionalReference = {
  type: ['object', 'null'],
  properties: { Id: optionalGuid, LogicalName: optionalText, Name: optionalText },
} as const;

const members = {
  BusinessUnitId: optionalGuid,
  CorrelationId: optionalGuid,
  Depth: { type: ['integer', 'null'], minimum: 0 },
  InitiatingUserAgent: optionalText,
  InitiatingUserAzureActiveDirectoryObjectId: optionalGuid,
  InitiatingUserId: optionalGuid,
  InputParameters: optionalPairs,
  IsExecutingOffline: optionalFlag,
  IsInTransaction: optionalFlag,
  IsOfflinePlayback: optionalFlag,
  IsolationMode: optionalInteger,
  MessageName: { type: 'string', minLength: 1, maxLength: 256 },
  Mode: optionalInteger,
  OperationCreatedOn: optionalText,
  OperationId: optionalGuid,
  OrganizationId: optionalGuid,
  OrganizationName: optionalText,
  OutputParameters: optionalPairs,
  OwningExtension: optionalReference,
  PostEntityImages: optionalPairs,
  PreEntityImages: optionalPairs,
  PrimaryEntityId: { type: 'string', pattern: guid },
  PrimaryEntityName: { type: 'string', minLength: 1, maxLength: 256 },
  RequestId: optionalGuid,
  SecondaryEntityName: optionalText,
  SharedVariables: optionalPairs,
  Stage: optionalInteger,
  UserAzureActiveDirectoryObjectId: optionalGuid,
  UserId: optionalGuid,
} as const;

export const executionContextSchema = {
  $id: 'remote-execution-context',
  $defs: {
    context: {
      type: 'object',
      properties: {
        ...members,
        ParentContext: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/context' }] },
      },
    },
  },
  type: 'object',
  $ref: '#/$defs/context',
  required: ['MessageName', 'PrimaryEntityName', 'PrimaryEntityId'],
} as const;

/** Members of a posted context that the bridge itself reads; all others pass through as bytes. */
export interface PostedContext {
  readonly CorrelationId?: string | null;
  readonly Depth?: number | null;
  readonly InitiatingUserAgent?: string | null;
  readonly InitiatingUserAzureActiveDirectoryObjectId?: string | null;
  readonly InitiatingUserId?: string | null;
  readonly InputParameters?: readonly PostedPair[] | null;
  readonly MessageName: string;
  readonly OperationCreatedOn?: string | null;
  readonly OperationId?: string | null;
  readonly OrganizationName?: string | null;
  readonly OwningExtension?: { readonly Id?: string | null; readonly Name?: string | null } | null;
  readonly ParentContext?: unknown;
  readonly PrimaryEntityId: string;
  readonly PrimaryEntityName: string;
  readonly RequestId?: string | null;
  readonly Stage?: number | null;
  readonly UserAzureActiveDirectoryObjectId?: string | null;
  readonly UserId?: string | null;
}

/** An item of a parameter collection. */
export interface PostedPair {
  readonly key: string;
  readonly value?: unknown;
}
