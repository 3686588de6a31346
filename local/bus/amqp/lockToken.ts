/**
 * A lock token as a delivery tag: there its first three groups of bytes are in the order of a .NET `Guid`, in
 * `$management` in that of a UUID. Turning is its own reverse.
 */
export const turnLockToken = (token: Buffer): Buffer => {
  const turned = Buffer.from(token);
  turned.subarray(0, 4).reverse();
  turned.subarray(4, 6).reverse();
  turned.subarray(6, 8).reverse();
  return turned;
};
