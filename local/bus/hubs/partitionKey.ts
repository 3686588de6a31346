/**
 * Which partition a key belongs to. The service hashes keys with Bob Jenkins' lookup3 (public domain,
 * burtleburtle.net/bob/c/lookup3.c, `hashlittle2`), seeds 0, and takes the low 16 bits of both halves combined as a
 * signed number; clients that choose partitions themselves do the same, so that both agree.
 */

type Lanes = readonly [a: number, b: number, c: number];

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

const mix = ([first, second, third]: Lanes): Lanes => {
  let [a, b, c] = [first, second, third];
  a = (a - c) ^ rotate(c, 4);
  c = (c + b) | 0;
  b = (b - a) ^ rotate(a, 6);
  a = (a + c) | 0;
  c = (c - b) ^ rotate(b, 8);
  b = (b + a) | 0;
  a = (a - c) ^ rotate(c, 16);
  c = (c + b) | 0;
  b = (b - a) ^ rotate(a, 19);
  a = (a + c) | 0;
  c = (c - b) ^ rotate(b, 4);
  b = (b + a) | 0;
  return [a, b, c];
};

const finish = ([first, second, third]: Lanes): Lanes => {
  let [a, b, c] = [first, second, third];
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return [a, b, c];
};

const blockBytes = 12;

const addBlock = ([a, b, c]: Lanes, block: Buffer): Lanes => [
  (a + block.readInt32LE(0)) | 0,
  (b + block.readInt32LE(4)) | 0,
  (c + block.readInt32LE(8)) | 0,
];

const hash = (key: Buffer): number => {
  const seed = (0xdeadbeef + key.length) | 0;
  let lanes: Lanes = [seed, seed, seed];
  let at = 0;
  for (; key.length - at > blockBytes; at += blockBytes) lanes = mix(addBlock(lanes, key.subarray(at)));
  if (at < key.length) {
    const last = Buffer.alloc(blockBytes);
    key.copy(last, 0, at);
    lanes = finish(addBlock(lanes, last));
  }
  const [, b, c] = lanes;
  return ((b ^ c) << 16) >> 16;
};

export const partitionOfKey = (key: string, partitions: number): number =>
  Math.abs(hash(Buffer.from(key, 'utf8')) % partitions);
