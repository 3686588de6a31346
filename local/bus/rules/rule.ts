/** Compares properties of a message for equality; all that are named must be equal. */
export interface CorrelationFilter {
  readonly type: 'correlation';
  readonly correlationId?: string;
  readonly messageId?: string;
  readonly to?: string;
  readonly replyTo?: string;
  readonly subject?: string;
  readonly sessionId?: string;
  readonly replyToSessionId?: string;
  readonly contentType?: string;
  readonly applicationProperties?: Readonly<Record<string, string | number | boolean>>;
}

/** Which messages a rule lets through (Service Bus documentation, "Topic filters and actions"). */
export type RuleFilter =
  | { readonly type: 'true' | 'false' }
  | { readonly type: 'sql'; readonly expression: string }
  | CorrelationFilter;

/** A rule of a subscription. Rules have no actions here. */
export interface Rule {
  readonly name: string;
  readonly filter: RuleFilter;
}

/** What a subscription has that is created without rules: everything matches. */
export const defaultRules: readonly Rule[] = [{ name: '$Default', filter: { type: 'true' } }];
