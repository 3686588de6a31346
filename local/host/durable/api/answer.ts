/** An answer of the HTTP API before it meets a socket. `body` is JSON text. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ApiRequest {
  readonly method: string;
  /** Decoded path segments behind the API's base path. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
  /** The address as the caller sees it. */
  readonly url: string;
  /** Scheme and authority of that address. */
  readonly origin: string;
}

export const plain = (status: number): ApiAnswer => ({ status });

export const json = (
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): ApiAnswer => ({
  status,
  body: JSON.stringify(value),
  ...(headers === undefined ? {} : { headers }),
});

/** An error as ASP.NET's `CreateErrorResponse` writes one. The stack trace of the real host is left out. */
export const errorAnswer = (
  status: number,
  message: string,
  exception?: { readonly type: string; readonly message: string },
): ApiAnswer =>
  json(
    status,
    exception === undefined
      ? { Message: message }
      : {
          Message: message,
          ExceptionMessage: exception.message,
          ExceptionType: exception.type,
          StackTrace: '',
        },
  );

export const somethingWrong = (type: string, message: string): ApiAnswer =>
  errorAnswer(500, 'Something went wrong while processing your request', { type, message });

export const argumentFault = (message: string): ApiAnswer =>
  errorAnswer(400, 'One or more of the arguments submitted is incorrect', {
    type: 'System.ArgumentException',
    message,
  });

export const invalidJson = (message: string): ApiAnswer =>
  errorAnswer(400, 'Invalid JSON content', { type: 'Newtonsoft.Json.JsonReaderException', message });
