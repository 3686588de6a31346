import { cancelScheduledMessage } from './cancelScheduledMessage.ts';
import { addRule } from './addRule.ts';
import { enumerateRules } from './enumerateRules.ts';
import type { ReceiverOperation, SenderOperation } from './operation.ts';
import { removeRule } from './removeRule.ts';
import { peekMessage } from './peekMessage.ts';
import { receiveBySequenceNumber } from './receiveBySequenceNumber.ts';
import { renewLock } from './renewLock.ts';
import { scheduleMessage } from './scheduleMessage.ts';
import { getSessionState, renewSessionLock, setSessionState } from './sessionOperations.ts';
import { updateDisposition } from './updateDisposition.ts';

type Operation = SenderOperation | ReceiverOperation;

const operations: Readonly<Record<string, Operation>> = {
  'com.microsoft:renew-lock': renewLock,
  'com.microsoft:peek-message': peekMessage,
  'com.microsoft:schedule-message': scheduleMessage,
  'com.microsoft:cancel-scheduled-message': cancelScheduledMessage,
  'com.microsoft:receive-by-sequence-number': receiveBySequenceNumber,
  'com.microsoft:update-disposition': updateDisposition,
  'com.microsoft:renew-session-lock': renewSessionLock,
  'com.microsoft:get-session-state': getSessionState,
  'com.microsoft:set-session-state': setSessionState,
  'com.microsoft:add-rule': addRule,
  'com.microsoft:remove-rule': removeRule,
  'com.microsoft:enumerate-rules': enumerateRules,
};

/** The operation with this name, or undefined when there is none. */
export const operationNamed = (name: string): Operation | undefined => operations[name];
