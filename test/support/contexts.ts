import { readNotification } from '../../shared/notification/readNotification.ts';
import type { Notification } from '../../shared/notification/notification.ts';
import type { Refusal } from '../../shared/notification/refusal.ts';

/** A small execution context, valid as it stands; members given replace or join its own. */
export const contextWith = (members: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  BusinessUnitId: '5f1c6a3e-0d1b-4c55-9d0e-6a3d2b8f9e01',
  CorrelationId: '0f4b8a52-7c3e-4d1f-8a7b-1c2d3e4f5a6b',
  Depth: 1,
  InitiatingUserAgent: 'Tests',
  InitiatingUserId: 'a1a1a1a1-0000-4000-8000-000000000001',
  InputParameters: [
    {
      key: 'Target',
      value: {
        __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
        Attributes: [{ key: 'name', value: 'Fabrikam' }],
        Id: 'c0ffee00-0000-4000-8000-000000000001',
        LogicalName: 'account',
      },
    },
  ],
  MessageName: 'Create',
  Mode: 1,
  OperationCreatedOn: '/Date(1764000000000+0000)/',
  OperationId: '11111111-2222-4333-8444-555555555555',
  OrganizationName: 'orgtests',
  OwningExtension: {
    Id: '99999999-2222-4333-8444-555555555555',
    LogicalName: 'sdkmessageprocessingstep',
    Name: null,
  },
  PrimaryEntityId: 'c0ffee00-0000-4000-8000-000000000001',
  PrimaryEntityName: 'account',
  RequestId: '22222222-2222-4333-8444-555555555555',
  Stage: 40,
  UserId: 'a1a1a1a1-0000-4000-8000-000000000002',
  ...members,
});

/** Members that make a context the n-th operation, at a time in milliseconds. */
export const operation = (n: number, timeMs: number): Record<string, unknown> => ({
  OperationCreatedOn: `/Date(${timeMs}+0000)/`,
  OperationId: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
});

/** Body of the n-th operation, of this moment unless told. */
export const operationBody = (n: number, timeMs = Date.now()): string =>
  JSON.stringify(contextWith(operation(n, timeMs)));

/** Bodies of ever new operations of the moment they are asked for. */
export const newOperations = (): (() => string) => {
  let count = 0;
  return () => operationBody((count += 1));
};

export const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

export const jsonHeaders: Readonly<Record<string, string>> = { 'content-type': 'application/json' };

/** Reads a body as `notifyHttp` would. */
export const read = (
  body: unknown,
  headers: Readonly<Record<string, string>> = jsonHeaders,
  endpoint = 'orders',
): Notification | Refusal =>
  readNotification({
    endpoint,
    header: (name) => headers[name] ?? null,
    body: body instanceof Uint8Array ? body : bytesOf(body),
  });

/** A notification that is known to be good. */
export const notificationWith = (
  members: Readonly<Record<string, unknown>> = {},
  headers?: Readonly<Record<string, string>>,
): Notification => {
  const result = read(contextWith(members), headers);
  if ('kind' in result) throw new Error(`The test's notification was refused: ${JSON.stringify(result)}`);
  return result;
};
