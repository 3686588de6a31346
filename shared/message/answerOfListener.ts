import type { RelayListener } from '../endpoint/serviceEndpoint.ts';
import { returnedString } from './soap.ts';

const asJsonString = (text: string): string | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The string that a listener returned. A Hybrid Connection's listener answers with the string itself, or as JSON; one of
 * Windows Communication Foundation has it serialized, as XML or JSON.
 */
export const answerOfListener = (
  text: string,
  listener: RelayListener | undefined,
  contentType: string,
): string => {
  if (contentType.toLowerCase().includes('json')) return asJsonString(text) ?? text;
  return (listener === 'wcf' ? returnedString(text) : undefined) ?? text;
};
