import type { Settlement } from '../broker/settle.ts';
import { noChanges, type PropertyChanges } from '../wire/applicationProperties.ts';
import { readMap } from '../wire/request.ts';
import { isNull, ok, refused, textIn, uuidsIn, type Call, type ReceiverOperation } from './operation.ts';

const changesIn = (call: Call): PropertyChanges => {
  const changes = call.body.get('properties-to-modify');
  if (changes === undefined || isNull(changes)) return noChanges;
  return new Map([...readMap(changes, 0)].filter(([, value]) => !isNull(value)));
};

/** The service's own words for settlements; `defered` is spelled so. */
const settlementIn = (call: Call): Settlement => {
  const changes = changesIn(call);
  const status = textIn(call, 'disposition-status');
  switch (status) {
    case 'completed':
      return { kind: 'complete' };
    case 'abandoned':
      return { kind: 'abandon', changes };
    case 'defered':
      return { kind: 'defer', changes };
    case 'suspended':
      return {
        kind: 'deadLetter',
        reason: textIn(call, 'deadletter-reason'),
        description: textIn(call, 'deadletter-description'),
        changes,
      };
    default:
      throw new Error(`'${status ?? ''}' is no disposition status.`);
  }
};

/** `com.microsoft:update-disposition`: settles messages without the link they came by. */
export const updateDisposition: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    const settlement = settlementIn(call);
    const settled = uuidsIn(call, 'lock-tokens').map((token) => call.receivable.settle(token, settlement));
    const refusals = (await Promise.all(settled)).filter((refusal) => refusal !== undefined);
    return refusals[0] === undefined ? ok() : refused(refusals[0]);
  },
};
