import { readLocalSettings, type Settings } from './config/settings.ts';

/** What the real host puts into the environment of a Node app, `WEBSITE_HOSTNAME` apart. */
const hostSettings = (app: string): Record<string, string> => ({
  FUNCTIONS_WORKER_RUNTIME: 'node',
  FUNCTIONS_EXTENSION_VERSION: '~4',
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  AzureWebJobsScriptRoot: app,
});

/**
 * The app settings that hold, in front to back: given ones, this process's environment, local.settings.json, the
 * host's own. As with Core Tools the environment wins over the file.
 */
export const collectSettings = async (
  app: string,
  given: Readonly<Record<string, string>>,
): Promise<Settings> => ({
  ...hostSettings(app),
  ...(await readLocalSettings(app)),
  ...process.env,
  ...given,
});

/** Puts settings into this process's environment; the result takes them out again. */
export const applyEnvironment = (settings: Settings): (() => void) => {
  const changed = Object.entries(settings).filter(([name, value]) => process.env[name] !== value);
  const before = new Map(changed.map(([name]) => [name, process.env[name]]));
  for (const [name, value] of changed) if (value !== undefined) process.env[name] = value;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
};
