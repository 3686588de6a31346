import { join } from 'node:path';
import { readJsonObject } from './jsonFile.ts';

/** App settings: what the app finds in `process.env`. */
export type Settings = Readonly<Record<string, string | undefined>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `Values` of local.settings.json, or nothing when there is no such file. */
export const readLocalSettings = async (app: string): Promise<Record<string, string>> => {
  const file = join(app, 'local.settings.json');
  const content = await readJsonObject(file);
  if (content === undefined) return {};
  if (content['IsEncrypted'] === true)
    throw new Error(`${file} is encrypted, which the local host cannot read.`);
  const values = content['Values'] ?? {};
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
};

/** Replaces `%NAME%` by the app setting of that name. @throws Error when there is none. */
export const resolvePercent = (text: string, settings: Settings): string =>
  text.replace(/%([^%]+)%/g, (_whole, name: string) => {
    const value = settings[name];
    if (value === undefined) throw new Error(`"${text}" names the setting ${name}, which is not set.`);
    return value;
  });
