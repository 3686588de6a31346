import { createHash } from 'node:crypto';
import { plainText } from '../text/plainText.ts';
import { readDataverseDate } from './dataverseDate.ts';
import type { PostedContext } from './executionContextSchema.ts';
import { readDataverseHeaders, type HeaderLookup } from './headers.ts';
import { maxBodyBytes } from './limits.ts';
import type { Notification } from './notification.ts';
import { readBody } from './readBody.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Longest text that is kept of a free-text member; table columns and message properties are bounded. */
const longestText = 512;

/** A bounded text, or undefined for null, absent and empty. */
const text = (value: string | null | undefined): string | undefined =>
  value === null || value === undefined || value === '' ? undefined : plainText(value, longestText);

const isJson = (contentType: string): boolean => {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === 'application/json' || type === 'text/json' || /^application\/[^ ]+\+json$/.test(type);
};

const refusedByHeaders = (header: HeaderLookup): Refusal | undefined => {
  const contentType = header('content-type');
  if (contentType !== null && !isJson(contentType)) {
    return refuse('ContentTypeUnsupported', `Content-Type is ${contentType.slice(0, 100)}.`);
  }
  const encoding = header('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    return refuse('ContentEncodingUnsupported', `Content-Encoding is ${encoding.slice(0, 100)}.`);
  }
  const key = header('idempotency-key');
  if (key !== null && !/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) {
    return refuse('IdempotencyKeyInvalid', 'It must be 1 to 255 printable ASCII characters.');
  }
  return undefined;
};

const identityOf = (context: PostedContext) => ({
  messageName: text(context.MessageName) ?? '',
  primaryEntityName: text(context.PrimaryEntityName) ?? '',
  primaryEntityId: context.PrimaryEntityId.toLowerCase(),
  operationId: text(context.OperationId)?.toLowerCase(),
  requestId: text(context.RequestId)?.toLowerCase(),
  correlationId: text(context.CorrelationId)?.toLowerCase(),
  operationCreatedOn: readDataverseDate(context.OperationCreatedOn ?? ''),
  owningExtensionId: text(context.OwningExtension?.Id)?.toLowerCase(),
  owningExtensionName: text(context.OwningExtension?.Name),
});

const circumstancesOf = (context: PostedContext) => ({
  depth: context.Depth ?? 1,
  stage: context.Stage ?? undefined,
  userId: text(context.UserId)?.toLowerCase(),
  initiatingUserId: text(context.InitiatingUserId)?.toLowerCase(),
  initiatingUserAgent: text(context.InitiatingUserAgent),
});

export interface Received {
  readonly endpoint: string;
  readonly header: HeaderLookup;
  readonly body: Uint8Array;
}

/**
 * Reads what was posted: headers first (415, 400), then size (413), then the body (400).
 *
 * @returns the notification, or the refusal to answer with.
 */
export const readNotification = ({ endpoint, header, body }: Received): Notification | Refusal => {
  const refused = refusedByHeaders(header);
  if (refused !== undefined) return refused;
  if (body.byteLength > maxBodyBytes) return bodyTooLarge(body.byteLength);
  const read = readBody(body);
  if ('kind' in read) return read;
  const { organization, sizeExceeded } = readDataverseHeaders(header);
  return {
    endpoint,
    body,
    bodyDigest: createHash('sha256').update(body).digest('hex'),
    sizeExceeded,
    organization: text(organization) ?? text(read.context.OrganizationName),
    idempotencyKey: header('idempotency-key') ?? undefined,
    ...identityOf(read.context),
    ...circumstancesOf(read.context),
  };
};

/** The refusal of a body of `bytes` bytes; also for a declared Content-Length, before anything is read. */
export const bodyTooLarge = (bytes: number): Refusal =>
  refuse('BodyTooLarge', `It has ${bytes} bytes; at most ${maxBodyBytes} are stored.`);

export const isRefusal = (value: Notification | Refusal): value is Refusal => 'kind' in value;
