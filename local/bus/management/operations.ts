import { cancelScheduledMessage } from './cancelScheduledMessage.ts';
import type { Operation } from './operation.ts';
import { peekMessage } from './peekMessage.ts';
import { receiveBySequenceNumber } from './receiveBySequenceNumber.ts';
import { renewLock } from './renewLock.ts';
import { scheduleMessage } from './scheduleMessage.ts';
import { updateDisposition } from './updateDisposition.ts';

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
