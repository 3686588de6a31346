import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secrets of an app. Several function keys can be valid at once, so that one can be replaced without loss. */
export interface HostKeys {
  readonly master: string;
  /** Host-level function keys: valid for every function. The first one is shown when the host is ready. */
  readonly functions: readonly string[];
  /** System key of the Durable extension's webhooks. */
  readonly system: string;
}

export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** What a key lets its bearer do: `admin` is everything, `function` calls of functions, `system` the webhooks. */
export type KeyLevel = 'none' | 'function' | 'system' | 'admin';

const newKey = (): string => randomBytes(40).toString('base64url');

const generateKeys = (given: Partial<HostKeys>): HostKeys => ({
  master: given.master ?? newKey(),
  functions: given.functions ?? [newKey()],
  system: given.system ?? newKey(),
});

const readKeys = async (file: string): Promise<Partial<HostKeys>> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<HostKeys>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
};

/** Keys that are given, else those of the state folder, else new ones, which the folder then keeps. */
export const loadKeys = async (
  given: Partial<HostKeys>,
  stateFolder: string | undefined,
): Promise<HostKeys> => {
  if (stateFolder === undefined) return generateKeys(given);
  const file = join(stateFolder, 'keys.json');
  const keys = generateKeys({ ...(await readKeys(file)), ...given });
  await mkdir(stateFolder, { recursive: true });
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
};

/** Source: the script host's AuthenticationLevelHandler; an unknown key counts as none. */
export const keyLevel = (keys: HostKeys, key: string | undefined): KeyLevel => {
  if (key === undefined || key === '') return 'none';
  if (key === keys.master) return 'admin';
  if (key === keys.system) return 'system';
  return keys.functions.includes(key) ? 'function' : 'none';
};

/** True when a bearer of `level` may call what asks for `required`. */
export const isAllowed = (level: KeyLevel, required: AuthLevel | 'system'): boolean =>
  required === 'anonymous' || level === 'admin' || level === required;
