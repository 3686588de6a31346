/**
 * Why a context cannot be read or written. The list is closed; docs/formats.md says what each means and a test holds
 * the two together.
 */
export const contextErrorCodes = [
  'NotJson',
  'NotXml',
  'NotBinary',
  'NotUtf8',
  'TooDeep',
  'DuplicateKey',
  'TypeUnknown',
  'TypeMissing',
  'WrongKind',
  'ValueInvalid',
  'NumberOutOfRange',
  'EnumUnknown',
  'MixedArray',
  'HintMismatch',
] as const;

export type ContextErrorCode = (typeof contextErrorCodes)[number];

/**
 * A context that one of the formats cannot carry without loss. `path` is a JSON pointer (RFC 6901) into the execution
 * context, `/InputParameters/0/value`, and '' for the whole document.
 */
export class ContextError extends Error {
  readonly code: ContextErrorCode;
  readonly path: string;

  constructor(code: ContextErrorCode, path: string, detail: string, cause?: unknown) {
    super(`${path === '' ? 'The context' : path} ${detail}`, { cause });
    this.name = 'ContextError';
    this.code = code;
    this.path = path;
  }
}
