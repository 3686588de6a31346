import { createCountdown } from '../../faults/countdown.ts';
import { relayKey } from '../entity/entities.ts';
import { problemWith, type Fault, type FaultPlace, type FaultRule } from './faultRule.ts';

/** One strike. */
export interface FaultHit {
  readonly atMs: number;
  /** Position of the rule in the list. */
  readonly rule: number;
  readonly where: FaultPlace;
  readonly what: Fault['what'];
  /** Name of the relay; absent when the request named none that exists. */
  readonly relay: string | undefined;
}

export interface FaultEngine {
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
  strike(where: FaultPlace, relay: string | undefined): Fault | undefined;
}

const isMeant = (rule: FaultRule, where: FaultPlace, relay: string | undefined): boolean =>
  rule.where === where &&
  (rule.relay === undefined || (relay !== undefined && relayKey(rule.relay) === relayKey(relay)));

export const createFaultEngine = (nowMs: () => number): FaultEngine => {
  let armed: { readonly rule: FaultRule; readonly strikes: () => boolean }[] = [];
  let hits: FaultHit[] = [];
  return {
    get rules() {
      return armed.map(({ rule }) => rule);
    },
    get hits() {
      return hits;
    },
    put: (rules) => {
      const problem = problemWith(rules);
      if (problem !== undefined) throw new Error(problem);
      armed = rules.map((rule) => ({ rule, strikes: createCountdown(rule) }));
      hits = [];
    },
    strike: (where, relay) => {
      for (const [index, { rule, strikes }] of armed.entries()) {
        if (!isMeant(rule, where, relay) || !strikes()) continue;
        hits.push({ atMs: nowMs(), rule: index, where, what: rule.what, relay });
        return rule;
      }
      return undefined;
    },
  };
};
