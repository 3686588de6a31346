import type { FunctionInput, InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';

/** The input of every function that needs the Durable client. */
export const clientInput: FunctionInput = df.input.durableClient();

let latest: { readonly binding: string; readonly client: df.DurableClient } | undefined;

/**
 * The Durable client of this process, made anew when the host hands over something else than before (its keys were
 * changed, say). To make one for every call would cost more processor time than starting an instance with it: the
 * package takes each of some twenty addresses apart, and makes an HTTP client.
 */
export const durableClient = (context: InvocationContext): df.DurableClient => {
  const binding = JSON.stringify(context.extraInputs.get(clientInput));
  if (latest?.binding !== binding) latest = { binding, client: df.getClient(context) };
  return latest.client;
};
