import { noRulesHere } from '../broker/refusal.ts';
import { ok, refused, requiredTextIn, type ReceiverOperation } from './operation.ts';

/** `com.microsoft:remove-rule`: a subscription without rules gets nothing. */
export const removeRule: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    if (call.entity.rules === undefined) return refused(noRulesHere());
    const refusal = await call.entity.rules.remove(requiredTextIn(call, 'rule-name'));
    return refusal === undefined ? ok() : refused(refusal);
  },
};
