/** The message of the script host's RpcException: how a failure in a worker reaches an extension. */
export const rpcExceptionMessage = (message: string, stack: string): string =>
  `Result: Failure\nException: ${message}\nStack: ${stack}`;

const EXCEPTION = '\nException:';
const STACK = '\nStack:';

/**
 * The part of that message an extension shows to people. The blank behind "Exception:" stays, so that texts built
 * from it have two. Source: the extension's OutOfProcExceptionHelpers.
 */
export const friendlyMessage = (message: string, stack: string): string => {
  const full = rpcExceptionMessage(message, stack);
  return full.slice(full.indexOf(EXCEPTION) + EXCEPTION.length, full.indexOf(STACK));
};

const hResult = -2146233088;

/**
 * A failure as serialized .NET exceptions (Newtonsoft, with type names): what `Details` of a failed task holds.
 * The .NET stack traces of the real host are left out.
 */
export const serializedException = (message: string, stack: string): string =>
  JSON.stringify({
    $type: 'System.Exception, System.Private.CoreLib',
    ClassName: 'System.Exception',
    Message: friendlyMessage(message, stack),
    Data: null,
    InnerException: {
      $type: 'Microsoft.Azure.WebJobs.Script.Workers.Rpc.RpcException, Microsoft.Azure.WebJobs.Script',
      Message: rpcExceptionMessage(message, stack),
      Data: { $type: 'System.Collections.ListDictionaryInternal, System.Private.CoreLib' },
      InnerException: null,
      HelpLink: null,
      Source: 'System.Private.CoreLib',
      HResult: hResult,
      StackTrace: null,
    },
    HelpURL: null,
    StackTraceString: null,
    RemoteStackTraceString: null,
    RemoteStackIndex: 0,
    ExceptionMethod: null,
    HResult: hResult,
    Source: null,
    WatsonBuckets: null,
  });
