import type { Refusal } from '../access/refusal.ts';

/**
 * What the stand-in takes for a WCF relay: the posts of a service endpoint. SOAP (`WS2007HttpRelayBinding`) goes to the
 * relay's own address, REST (`WebHttpRelayBinding`) to the operation below it.
 */
const operations: ReadonlySet<string> = new Set(['', 'execute']);

/** How a request is refused that is no post of a service endpoint; undefined for one that is. */
export const wcfRefusal = (method: string | undefined, suffix: string): Refusal | undefined => {
  if (!operations.has(suffix.toLowerCase())) {
    return { status: 404, description: `A WCF relay has nothing at '${suffix}' here.` };
  }
  if (method !== 'POST') {
    return { status: 405, description: `A WCF relay takes only POST here, not ${method ?? ''}.` };
  }
  return undefined;
};
