import type { SystemJob } from '../job/systemJob.ts';

/**
 * W3C trace context of a job's message: that of the notification, or one made from the job's id, so that every attempt
 * belongs to one trace. Azure's SDKs read it from `Diagnostic-Id`, other consumers from `traceparent`.
 */
export const traceProperties = ({ id, traceParent }: SystemJob): Record<string, string> => {
  const hash = id.slice(-32);
  const own = traceParent ?? `00-${hash}-${hash.slice(0, 16)}-01`;
  return { traceparent: own, 'Diagnostic-Id': own };
};
