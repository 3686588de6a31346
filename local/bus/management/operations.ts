import { cancelScheduledMessage } from './cancel-scheduled-message.ts';
import type { Operation } from './operation.ts';
import { peekMessage } from './peek-message.ts';
import { receiveBySequenceNumber } from './receive-by-sequence-number.ts';
import { renewLock } from './renew-lock.ts';
import { scheduleMessage } from './schedule-message.ts';
import { updateDisposition } from './update-disposition.ts';

const operations: Readonly<Record<string, Operation>> = {
  'com.microsoft:renew-lock': renewLock,
  'com.microsoft:peek-message': peekMessage,
  'com.microsoft:schedule-message': scheduleMessage,
  'com.microsoft:cancel-scheduled-message': cancelScheduledMessage,
  'com.microsoft:receive-by-sequence-number': receiveBySequenceNumber,
  'com.microsoft:update-disposition': updateDisposition,
};

/** The operation with this name, or undefined when there is none. */
export const operationNamed = (name: string): Operation | undefined => operations[name];
