/**
 * An execution context as a listener sees it, whatever format it came in. Members have Dataverse's own names; objects
 * of the SDK carry their type's name as `type`. Nothing is rounded: what JavaScript's numbers cannot hold is text or
 * bigint.
 */

/** A guid where any type may stand; members that are always guids are strings. Lower case, form D. */
export interface Guid {
  readonly type: 'guid';
  readonly value: string;
}

/** A decimal as its exact text, scale included: `1.0000000000`. */
export interface DecimalValue {
  readonly type: 'decimal';
  readonly value: string;
}

/** A double: Dataverse's floating point columns. An int is a plain number, a long a bigint. */
export interface DoubleValue {
  readonly type: 'double';
  readonly value: number;
}

/**
 * A date and time as it is written, `2024-08-02T07:00:39.125`, without suffix. `utc`: it is UTC. `unspecified`: it does
 * not say; Dataverse means UTC by it (OperationCreatedOn). `local`: a wall clock `offsetMinutes` east of UTC.
 * `instantOf` turns it into a Date.
 */
export interface DateTimeValue {
  readonly type: 'dateTime';
  readonly value: string;
  readonly kind: 'utc' | 'unspecified' | 'local';
  readonly offsetMinutes: number;
}

/** The one enumeration that appears as a value of any type: an input parameter of Update and Delete. */
export interface ConcurrencyBehavior {
  readonly type: 'ConcurrencyBehavior';
  readonly value: 'Default' | 'IfRowVersionMatches' | 'AlwaysOverwrite';
}

export interface OptionSetValue {
  readonly type: 'OptionSetValue';
  readonly Value: number;
}

/** `Value` is a decimal's exact text. */
export interface Money {
  readonly type: 'Money';
  readonly Value: string;
}

export interface EntityReference {
  readonly type: 'EntityReference';
  readonly Id: string;
  readonly KeyAttributes: ReadonlyMap<string, Value>;
  readonly LogicalName: string | null;
  readonly Name: string | null;
  readonly RowVersion: string | null;
}

export interface Entity {
  readonly type: 'Entity';
  readonly Attributes: ReadonlyMap<string, Value>;
  readonly EntityState: 'Unchanged' | 'Created' | 'Changed' | null;
  readonly FormattedValues: ReadonlyMap<string, string | null>;
  readonly Id: string;
  readonly KeyAttributes: ReadonlyMap<string, Value>;
  readonly LogicalName: string | null;
  readonly RelatedEntities: readonly RelatedEntities[];
  readonly RowVersion: string | null;
}

/** Entities related by one relationship. */
export interface RelatedEntities {
  readonly key: Relationship;
  readonly value: EntityCollection | null;
}

export interface Relationship {
  readonly type: 'Relationship';
  readonly PrimaryEntityRole: 'Referencing' | 'Referenced' | null;
  readonly SchemaName: string | null;
}

export interface EntityCollection {
  readonly type: 'EntityCollection';
  readonly Entities: readonly (Entity | null)[];
  readonly EntityName: string | null;
  readonly MinActiveRowVersion: string | null;
  readonly MoreRecords: boolean;
  readonly PagingCookie: string | null;
  readonly TotalRecordCount: number;
  readonly TotalRecordCountLimitExceeded: boolean;
}

export interface AliasedValue {
  readonly type: 'AliasedValue';
  readonly AttributeLogicalName: string | null;
  readonly EntityLogicalName: string | null;
  readonly NeedFormatting: boolean;
  readonly ReturnType: number;
  readonly Value: Value;
}

/** Any other contract of docs/formats.md: queries, column sets, labels. Its members by their names. */
export interface OtherContract {
  readonly type: OtherContractName;
  readonly members: Readonly<Record<string, unknown>>;
}

export type OtherContractName =
  | 'BooleanManagedProperty'
  | 'Label'
  | 'LocalizedLabel'
  | 'ColumnSet'
  | 'AttributeExpression'
  | 'FetchExpression'
  | 'QueryExpression'
  | 'QueryByAttribute'
  | 'FilterExpression'
  | 'ConditionExpression'
  | 'LinkEntity'
  | 'OrderExpression'
  | 'PagingInfo'
  | 'RemoteExecutionContext';

/** A list. `type` is its name in XML: `OptionSetValueCollection`, `EntityReferenceCollection`, `ArrayOfEntity`, `ArrayOfstring`, `ArrayOfint`, ... */
export interface ListValue {
  readonly type: 'list';
  readonly name: string;
  readonly items: readonly Value[];
}

/** A dictionary of strings, such as `ChangedEntityTypes` in SharedVariables. */
export interface DictionaryValue {
  readonly type: 'dictionary';
  readonly entries: ReadonlyMap<string, string | null>;
}

/** A value whose type the document names. Strings, booleans, ints (number), longs (bigint) and bytes stand for themselves. */
export type Value =
  | null
  | string
  | boolean
  | number
  | bigint
  | Uint8Array
  | Guid
  | DecimalValue
  | DoubleValue
  | DateTimeValue
  | ConcurrencyBehavior
  | OptionSetValue
  | Money
  | EntityReference
  | Entity
  | Relationship
  | EntityCollection
  | AliasedValue
  | OtherContract
  | ListValue
  | DictionaryValue;

export interface RemoteExecutionContext {
  readonly type: 'RemoteExecutionContext';
  readonly BusinessUnitId: string;
  readonly CorrelationId: string;
  readonly Depth: number;
  readonly InitiatingUserAgent: string | null;
  readonly InitiatingUserAzureActiveDirectoryObjectId: string;
  readonly InitiatingUserId: string;
  readonly InputParameters: ReadonlyMap<string, Value>;
  readonly IsExecutingOffline: boolean;
  readonly IsInTransaction: boolean;
  readonly IsOfflinePlayback: boolean;
  readonly IsolationMode: number;
  readonly MessageName: string | null;
  readonly Mode: number;
  /** Kind `unspecified` from asynchronous steps, and UTC even so: take `instantOf`. */
  readonly OperationCreatedOn: DateTimeValue;
  readonly OperationId: string;
  readonly OrganizationId: string;
  readonly OrganizationName: string | null;
  readonly OutputParameters: ReadonlyMap<string, Value>;
  readonly OwningExtension: EntityReference | null;
  readonly ParentContext: RemoteExecutionContext | null;
  readonly PostEntityImages: ReadonlyMap<string, Entity | null>;
  readonly PreEntityImages: ReadonlyMap<string, Entity | null>;
  readonly PrimaryEntityId: string;
  readonly PrimaryEntityName: string | null;
  readonly RequestId: string | null;
  readonly SecondaryEntityName: string | null;
  readonly SharedVariables: ReadonlyMap<string, Value>;
  readonly Stage: number;
  readonly UserAzureActiveDirectoryObjectId: string;
  readonly UserId: string;
}

/** The instant of a date; an unspecified one is taken as UTC, which is what Dataverse means. Finer ticks are cut. */
export const instantOf = ({ value, offsetMinutes }: DateTimeValue): Date =>
  new Date(Date.parse(`${value.slice(0, 23)}Z`) - offsetMinutes * 60_000);
