/**
 * What a listener written in TypeScript needs: one typed execution context from a message in any of the three formats
 * (docs/formats.md has runnable examples). Pure: no network, no clock, no packages.
 */
export { ContextError, contextErrorCodes, type ContextErrorCode } from './contextError.ts';
export {
  instantOf,
  type AliasedValue,
  type ConcurrencyBehavior,
  type DateTimeValue,
  type DecimalValue,
  type DictionaryValue,
  type DoubleValue,
  type Entity,
  type EntityCollection,
  type EntityReference,
  type Guid,
  type ListValue,
  type Money,
  type OptionSetValue,
  type OtherContract,
  type RelatedEntities,
  type Relationship,
  type RemoteExecutionContext,
  type Value,
} from './executionContext.ts';
export { writeJson } from './json/writeJson.ts';
export { formatOf, readContext, type MessageFormat } from './read/readContext.ts';
export { hintTypes, type HintsMap, type HintType } from './write/hints.ts';
