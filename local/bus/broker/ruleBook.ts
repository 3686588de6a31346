import { compileRules } from '../rules/matching.ts';
import { defaultRules, type Rule } from '../rules/rule.ts';
import type { RuleBook } from './entity.ts';
import type { QueueContext } from './queueContext.ts';
import { entityExists, ruleNotFound } from './refusal.ts';

const isCalled =
  (name: string) =>
  (rule: Rule): boolean =>
    rule.name.toLowerCase() === name.toLowerCase();

/** The rules are settings of the subscription, so that changing them is changing these. */
export const createRuleBook = ({ state, ledger }: QueueContext): RuleBook => {
  const list = (): readonly Rule[] => state.settings.rules ?? defaultRules;
  const put = (rules: readonly Rule[]): Promise<void> =>
    ledger.commit({
      kind: 'queuePut',
      settings: { ...state.settings, rules },
      lastSequenceNumber: state.lastSequenceNumber,
    });
  return {
    list,
    add: async (rule) => {
      if (list().some(isCalled(rule.name))) return entityExists(`${state.settings.name}/Rules/${rule.name}`);
      compileRules([rule]);
      await put([...list(), rule]);
      return undefined;
    },
    remove: async (name) => {
      const kept = list().filter((rule) => !isCalled(name)(rule));
      if (kept.length === list().length) return ruleNotFound(`${state.settings.name}/Rules/${name}`);
      await put(kept);
      return undefined;
    },
  };
};
