import { createCountdown } from '../../faults/countdown.ts';
import { queueKey } from '../broker/queueSettings.ts';
import { problemWith, type Fault, type FaultMoment, type FaultPlace, type FaultRule } from './faultRule.ts';
import { createRateLimit } from './rateLimit.ts';

/** A point of the protocol that may be struck. */
export interface FaultPoint {
  readonly where: FaultPlace;
  readonly when: FaultMoment;
  /** Undefined where no queue is known yet; {@link cbsEntity} for the links to `$cbs`. */
  readonly entity: string | undefined;
  readonly role?: 'sender' | 'receiver';
}

/** One strike. */
export interface FaultHit {
  readonly atMs: number;
  /** Position of the rule in the list. */
  readonly rule: number;
  readonly where: FaultPlace;
  readonly when: FaultMoment;
  readonly what: Fault['what'];
  readonly entity: string | undefined;
}

export interface FaultEngine {
  /** False while there are no rules, so that nobody has to ask. */
  readonly active: boolean;
  readonly rules: readonly FaultRule[];
  /** Every strike since the rules were put, oldest first. */
  readonly hits: readonly FaultHit[];
  /**
   * Puts other rules in the place of all rules, and empties the list of hits.
   *
   * @throws Error when a fault cannot happen where a rule wants it.
   */
  put(rules: readonly FaultRule[]): void;
  /** The fault that happens here and now: of the first rule that strikes. */
  strike(point: FaultPoint): Fault | undefined;
}

interface ArmedRule {
  readonly rule: FaultRule;
  readonly strikes: () => boolean;
}

const arm = (rule: FaultRule, nowMs: () => number): ArmedRule => ({
  rule,
  strikes: rule.what === 'throttle' ? createRateLimit(rule.perSecond, nowMs) : createCountdown(rule),
});

/** Links to `$cbs` are struck only by rules that name it: a client needs them before it can attach anywhere else. */
export const cbsEntity = '$cbs';

const isAbout = (rule: FaultRule, { entity }: FaultPoint): boolean => {
  if (entity === undefined) return true;
  if (rule.entity === undefined) return entity !== cbsEntity;
  return queueKey(rule.entity) === queueKey(entity);
};

const isMeant = (rule: FaultRule, point: FaultPoint): boolean =>
  rule.where === point.where &&
  (rule.when ?? 'before') === point.when &&
  (rule.role === undefined || rule.role === point.role) &&
  isAbout(rule, point);

export const createFaultEngine = (nowMs: () => number): FaultEngine => {
  let armed: ArmedRule[] = [];
  let hits: FaultHit[] = [];
  return {
    get active() {
      return armed.length > 0;
    },
    get rules() {
      return armed.map(({ rule }) => rule);
    },
    get hits() {
      return hits;
    },
    put: (rules) => {
      const problem = problemWith(rules);
      if (problem !== undefined) throw new Error(problem);
      armed = rules.map((rule) => arm(rule, nowMs));
      hits = [];
    },
    strike: (point) => {
      for (const [index, { rule, strikes }] of armed.entries()) {
        if (!isMeant(rule, point) || !strikes()) continue;
        const { where, when, entity } = point;
        hits.push({ atMs: nowMs(), rule: index, where, when, what: rule.what, entity });
        return rule;
      }
      return undefined;
    },
  };
};
