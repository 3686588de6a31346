/** To be replaced. */
export const withoutMembers = (
  context: Uint8Array,
  names: readonly string[],
): { readonly body: Uint8Array; readonly removed: readonly string[] } => {
  throw new Error(`${context.byteLength} ${names.length}`);
};
