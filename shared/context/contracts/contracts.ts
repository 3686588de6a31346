import type { EnumName } from './enums.ts';

/** Simple types that are always present: a missing member is written as its zero. */
type ValueType = 'int' | 'long' | 'boolean' | 'decimal' | 'guid' | 'dateTime';

/**
 * Type of a member.
 * - `string`, `object` (a value of any type, named in the document) and value types ending in `?` may be null.
 * - `strings`, `values`: lists of strings, of values of any type.
 * - `parameters`, `attributes`, `keyAttributes`: pairs of a name and a value of any type. `formattedValues`: of a name
 *   and a string. `images`: of a name and an Entity. `relatedEntities`: of a Relationship and an EntityCollection.
 */
export type MemberType =
  | ValueType
  | 'int?'
  | 'boolean?'
  | 'guid?'
  | 'string'
  | 'object'
  | 'strings'
  | 'values'
  | 'parameters'
  | 'attributes'
  | 'keyAttributes'
  | 'formattedValues'
  | 'images'
  | 'relatedEntities'
  | { readonly contract: string }
  | { readonly listOf: string }
  | { readonly enum: EnumName; readonly nullable?: true };

/** `omitted`: left out of XML and binary when missing, null or false (EmitDefaultValue, or newer than our captures). */
export interface Member {
  readonly name: string;
  readonly type: MemberType;
  readonly omitted?: true;
}

type Members = Readonly<Record<string, MemberType | readonly [MemberType, 'omitted']>>;

const inOrder = (members: Members): readonly Member[] =>
  Object.entries(members).map(([name, type]) =>
    Array.isArray(type)
      ? { name, type: type[0] as MemberType, omitted: true }
      : { name, type: type as MemberType },
  );

/**
 * The data contracts of the SDK, each member in the order in which .NET writes and expects it: ordinal by name, but
 * members with an Order of their own last. A reader drops silently what comes in another order.
 * Names, namespaces and order come from public descriptions of the SDK, never from the SDK itself (docs/formats.md).
 */
export const contracts: Readonly<Record<string, readonly Member[]>> = {
  RemoteExecutionContext: inOrder({
    BusinessUnitId: 'guid',
    CorrelationId: 'guid',
    Depth: 'int',
    InitiatingUserAgent: 'string',
    InitiatingUserAzureActiveDirectoryObjectId: 'guid',
    InitiatingUserId: 'guid',
    InputParameters: 'parameters',
    IsExecutingOffline: 'boolean',
    IsInTransaction: 'boolean',
    IsOfflinePlayback: 'boolean',
    IsolationMode: 'int',
    MessageName: 'string',
    Mode: 'int',
    OperationCreatedOn: 'dateTime',
    OperationId: 'guid',
    OrganizationId: 'guid',
    OrganizationName: 'string',
    OutputParameters: 'parameters',
    OwningExtension: { contract: 'EntityReference' },
    ParentContext: { contract: 'RemoteExecutionContext' },
    PostEntityImages: 'images',
    PreEntityImages: 'images',
    PrimaryEntityId: 'guid',
    PrimaryEntityName: 'string',
    RequestId: 'guid?',
    SecondaryEntityName: 'string',
    SharedVariables: 'parameters',
    Stage: 'int',
    UserAzureActiveDirectoryObjectId: 'guid',
    UserId: 'guid',
  }),
  Entity: inOrder({
    Attributes: 'attributes',
    EntityState: { enum: 'EntityState', nullable: true },
    FormattedValues: 'formattedValues',
    Id: 'guid',
    KeyAttributes: 'keyAttributes',
    LogicalName: 'string',
    RelatedEntities: 'relatedEntities',
    RowVersion: 'string',
  }),
  EntityReference: inOrder({
    Id: 'guid',
    KeyAttributes: 'keyAttributes',
    LogicalName: 'string',
    Name: 'string',
    RowVersion: 'string',
  }),
  EntityCollection: inOrder({
    Entities: { listOf: 'Entity' },
    EntityName: 'string',
    MinActiveRowVersion: 'string',
    MoreRecords: 'boolean',
    PagingCookie: 'string',
    TotalRecordCount: 'int',
    TotalRecordCountLimitExceeded: 'boolean',
  }),
  OptionSetValue: inOrder({ Value: 'int' }),
  Money: inOrder({ Value: 'decimal' }),
  AliasedValue: inOrder({
    AttributeLogicalName: 'string',
    EntityLogicalName: 'string',
    NeedFormatting: 'boolean',
    ReturnType: 'int',
    Value: 'object',
  }),
  Relationship: inOrder({
    PrimaryEntityRole: { enum: 'EntityRole', nullable: true },
    SchemaName: 'string',
  }),
  BooleanManagedProperty: inOrder({
    CanBeChanged: 'boolean',
    ManagedPropertyLogicalName: 'string',
    Value: 'boolean',
  }),
  Label: inOrder({
    LocalizedLabels: { listOf: 'LocalizedLabel' },
    UserLocalizedLabel: { contract: 'LocalizedLabel' },
  }),
  LocalizedLabel: inOrder({
    IsManaged: { contract: 'BooleanManagedProperty' },
    Label: 'string',
    LanguageCode: 'int',
  }),
  ColumnSet: inOrder({
    AllColumns: 'boolean',
    AttributeExpressions: { listOf: 'AttributeExpression' },
    Columns: 'strings',
  }),
  AttributeExpression: inOrder({
    AggregateType: { enum: 'AggregateType' },
    Alias: 'string',
    AttributeName: 'string',
    DateTimeGrouping: { enum: 'DateTimeGroupingType' },
    HasGroupBy: 'boolean',
  }),
  FetchExpression: inOrder({ Query: 'string' }),
  QueryExpression: inOrder({
    ColumnSet: { contract: 'ColumnSet' },
    Criteria: { contract: 'FilterExpression' },
    Distinct: 'boolean',
    EntityName: 'string',
    LinkEntities: { listOf: 'LinkEntity' },
    Orders: { listOf: 'OrderExpression' },
    PageInfo: { contract: 'PagingInfo' },
    SubQueryExpression: [{ contract: 'QueryExpression' }, 'omitted'],
    NoLock: 'boolean',
    TopCount: ['int?', 'omitted'],
    QueryHints: ['string', 'omitted'],
    DataSource: ['string', 'omitted'],
  }),
  QueryByAttribute: inOrder({
    Attributes: 'strings',
    ColumnSet: { contract: 'ColumnSet' },
    EntityName: 'string',
    Orders: { listOf: 'OrderExpression' },
    PageInfo: { contract: 'PagingInfo' },
    Values: 'values',
    TopCount: 'int?',
  }),
  FilterExpression: inOrder({
    Conditions: { listOf: 'ConditionExpression' },
    FilterOperator: { enum: 'LogicalOperator' },
    Filters: { listOf: 'FilterExpression' },
    IsQuickFindFilter: ['boolean', 'omitted'],
    FilterHint: ['string', 'omitted'],
  }),
  ConditionExpression: inOrder({
    AttributeName: 'string',
    CompareColumns: 'boolean',
    Operator: { enum: 'ConditionOperator' },
    Values: 'values',
    EntityName: 'string',
  }),
  LinkEntity: inOrder({
    Columns: { contract: 'ColumnSet' },
    EntityAlias: 'string',
    JoinOperator: { enum: 'JoinOperator' },
    LinkCriteria: { contract: 'FilterExpression' },
    LinkEntities: { listOf: 'LinkEntity' },
    LinkFromAttributeName: 'string',
    LinkFromEntityName: 'string',
    LinkToAttributeName: 'string',
    LinkToEntityName: 'string',
    Orders: { listOf: 'OrderExpression' },
  }),
  OrderExpression: inOrder({
    Alias: 'string',
    AttributeName: 'string',
    EntityName: ['string', 'omitted'],
    OrderType: { enum: 'OrderType' },
  }),
  PagingInfo: inOrder({
    Count: 'int',
    PageNumber: 'int',
    PagingCookie: 'string',
    ReturnTotalRecordCount: 'boolean',
  }),
};

/** Contracts whose list has a contract of its own; every other list of X is `ArrayOfX`. */
export const listTypeNames: Readonly<Record<string, string>> = {
  OptionSetValue: 'OptionSetValueCollection',
  EntityReference: 'EntityReferenceCollection',
};
