import {
  encodeInt,
  encodeList,
  encodeMap,
  encodeNull,
  encodeSection,
  encodeString,
  encodeSymbol,
} from './encode.ts';
import { sectionCode } from './sections.ts';

/** The answer to a request; `condition` is set when it failed. */
export interface AmqpResponse {
  /** As in HTTP. */
  readonly status: number;
  readonly description: string;
  readonly condition?: string;
  /** Encoded value for the body. */
  readonly body?: Buffer;
}

/** `$cbs` writes the names of its answer with hyphens, `$management` in camel case. */
export interface ResponseNames {
  readonly status: string;
  readonly description: string;
  readonly condition: string;
}
export const cbsNames: ResponseNames = {
  status: 'status-code',
  description: 'status-description',
  condition: 'error-condition',
};
export const managementNames: ResponseNames = {
  status: 'statusCode',
  description: 'statusDescription',
  condition: 'errorCondition',
};

/** An encoded answer message to the request with the encoded id `messageId`. */
export const encodeResponse = (names: ResponseNames, messageId: Buffer, response: AmqpResponse): Buffer => {
  const none = encodeNull();
  const properties = [
    encodeString(names.status),
    encodeInt(response.status),
    encodeString(names.description),
    encodeString(response.description),
  ];
  if (response.condition !== undefined) {
    properties.push(encodeString(names.condition), encodeSymbol(response.condition));
  }
  return Buffer.concat([
    // The sixth property is the correlation id.
    encodeSection(sectionCode.properties, encodeList([none, none, none, none, none, messageId])),
    encodeSection(sectionCode.applicationProperties, encodeMap(properties)),
    encodeSection(sectionCode.value, response.body ?? none),
  ]);
};
