import type { Settings } from './settings.ts';

type Section = Record<string, unknown>;

const PREFIX = 'azurefunctionsjobhost__';

const parse = (text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text;
};

/** Section names are compared without regard to case, as .NET configuration does. */
const memberName = (section: Section, name: string): string =>
  Object.keys(section).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;

const set = (section: Section, path: readonly string[], value: unknown): void => {
  const [first, ...rest] = path;
  if (first === undefined) return;
  const name = memberName(section, first);
  if (rest.length === 0) {
    section[name] = value;
    return;
  }
  const existing = section[name];
  const inner: Section = typeof existing === 'object' && existing !== null ? { ...existing } : {};
  section[name] = inner;
  set(inner, rest, value);
};

/** host.json with the app settings `AzureFunctionsJobHost__path__to__value` put in. */
export const applyOverrides = (hostJson: Readonly<Section>, settings: Settings): Section => {
  const root: Section = { ...hostJson };
  for (const [name, value] of Object.entries(settings)) {
    if (!name.toLowerCase().startsWith(PREFIX) || value === undefined) continue;
    set(root, name.slice(PREFIX.length).split('__'), parse(value));
  }
  return root;
};
