import type { Namespace } from './namespaces.ts';

/** An enumeration: JSON carries the number, XML and binary the name. The position is the number. */
export interface EnumTable {
  readonly namespace: Namespace;
  readonly names: readonly string[];
}

/**
 * Names as declared by the SDK's enumerations. For the hierarchy operators (75 to 79) public sources disagree: the
 * documentation's remarks number Above before Under, the declaration and the service's schema list them in this order.
 */
const conditionOperators = (
  'Equal NotEqual GreaterThan LessThan GreaterEqual LessEqual Like NotLike In NotIn Between NotBetween Null NotNull ' +
  'Yesterday Today Tomorrow Last7Days Next7Days LastWeek ThisWeek NextWeek LastMonth ThisMonth NextMonth On ' +
  'OnOrBefore OnOrAfter LastYear ThisYear NextYear LastXHours NextXHours LastXDays NextXDays LastXWeeks NextXWeeks ' +
  'LastXMonths NextXMonths LastXYears NextXYears EqualUserId NotEqualUserId EqualBusinessId NotEqualBusinessId ' +
  'ChildOf Mask NotMask MasksSelect Contains DoesNotContain EqualUserLanguage NotOn OlderThanXMonths BeginsWith ' +
  'DoesNotBeginWith EndsWith DoesNotEndWith ThisFiscalYear ThisFiscalPeriod NextFiscalYear NextFiscalPeriod ' +
  'LastFiscalYear LastFiscalPeriod LastXFiscalYears LastXFiscalPeriods NextXFiscalYears NextXFiscalPeriods ' +
  'InFiscalYear InFiscalPeriod InFiscalPeriodAndYear InOrBeforeFiscalPeriodAndYear InOrAfterFiscalPeriodAndYear ' +
  'EqualUserTeams EqualUserOrUserTeams Under NotUnder UnderOrEqual Above AboveOrEqual EqualUserOrUserHierarchy ' +
  'EqualUserOrUserHierarchyAndTeams OlderThanXYears OlderThanXWeeks OlderThanXDays OlderThanXHours ' +
  'OlderThanXMinutes ContainValues DoesNotContainValues'
).split(' ');

export const enums = {
  EntityState: { namespace: 'default', names: ['Unchanged', 'Created', 'Changed'] },
  EntityRole: { namespace: 'default', names: ['Referencing', 'Referenced'] },
  OrderType: { namespace: 'default', names: ['Ascending', 'Descending'] },
  LogicalOperator: { namespace: 'default', names: ['And', 'Or'] },
  JoinOperator: {
    namespace: 'default',
    names: 'Inner LeftOuter Natural MatchFirstRowUsingCrossApply In Exists Any NotAny All NotAll'.split(' '),
  },
  ConditionOperator: { namespace: 'default', names: conditionOperators },
  AggregateType: { namespace: 'default', names: 'None Count CountColumn Sum Avg Min Max'.split(' ') },
  DateTimeGroupingType: {
    namespace: 'default',
    names: 'None Day Week Month Quarter Year FiscalPeriod FiscalYear'.split(' '),
  },
  ConcurrencyBehavior: {
    namespace: 'keys',
    names: ['Default', 'IfRowVersionMatches', 'AlwaysOverwrite'],
  },
} as const satisfies Record<string, EnumTable>;

export type EnumName = keyof typeof enums;
