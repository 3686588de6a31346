import type { Binding, FunctionMetadata } from './coreTypes.ts';

/** A function and the binding that triggers it. */
export interface HostedFunction {
  readonly name: string;
  readonly functionId: string;
  /** Name of the trigger binding: the parameter under which the trigger's value travels. */
  readonly triggerName: string;
  readonly trigger: Binding;
  readonly bindings: FunctionMetadata['bindings'];
  /** Names of the durable client bindings, which every invocation must fill. */
  readonly clientNames: readonly string[];
}

/** The app's functions by what triggers them. Names are looked up without regard to case. */
export interface FunctionTable {
  readonly all: readonly HostedFunction[];
  readonly http: readonly HostedFunction[];
  readonly timers: readonly HostedFunction[];
  readonly orchestrators: ReadonlyMap<string, HostedFunction>;
  readonly activities: ReadonlyMap<string, HostedFunction>;
}

const triggerTypes = ['httptrigger', 'timertrigger', 'orchestrationtrigger', 'activitytrigger'];
const otherTypes = ['http', 'durableclient', 'orchestrationclient'];

const lower = (text: string): string => text.toLowerCase();

const isTrigger = ({ type }: Binding): boolean => lower(type).endsWith('trigger');

const refuseUnknown = ({ name, bindings }: FunctionMetadata): void => {
  for (const [bindingName, { type }] of Object.entries(bindings)) {
    if (!triggerTypes.includes(lower(type)) && !otherTypes.includes(lower(type))) {
      throw new Error(
        `Function '${name}': the local host does not have the binding type '${type}' (binding '${bindingName}').`,
      );
    }
  }
};

const host = (metadata: FunctionMetadata): HostedFunction => {
  refuseUnknown(metadata);
  const { name, functionId, bindings } = metadata;
  if (metadata.retryOptions !== undefined) {
    throw new Error(`Function '${name}': the local host does not have retry policies ('retry').`);
  }
  const entries = Object.entries(bindings);
  const found = entries.find(([, binding]) => isTrigger(binding));
  if (found === undefined) throw new Error(`Function '${name}' has no trigger.`);
  const [triggerName, trigger] = found;
  const clientNames = entries
    .filter(([, { type }]) => lower(type) === 'durableclient' || lower(type) === 'orchestrationclient')
    .map(([bindingName]) => bindingName);
  return { name, functionId, triggerName, trigger, bindings, clientNames };
};

/** The host sorts functions by name, whatever order they were registered in; routes are tried in this order. */
const byName = (left: HostedFunction, right: HostedFunction): number => {
  const a = left.name.toUpperCase();
  const b = right.name.toUpperCase();
  return a < b ? -1 : Number(a > b);
};

/**
 * Sorts an app's functions by trigger. Source of the order: the script host's FunctionMetadataManager.
 *
 * @throws Error for binding types this host does not have: better than a function that never runs.
 */
export const tabulate = (functions: readonly FunctionMetadata[]): FunctionTable => {
  const all = functions.map(host).sort(byName);
  const ofType = (type: string): HostedFunction[] =>
    all.filter(({ trigger }) => lower(trigger.type) === type);
  const byLowerName = (type: string): Map<string, HostedFunction> =>
    new Map(ofType(type).map((hosted) => [lower(hosted.name), hosted]));
  return {
    all,
    http: ofType('httptrigger'),
    timers: ofType('timertrigger'),
    orchestrators: byLowerName('orchestrationtrigger'),
    activities: byLowerName('activitytrigger'),
  };
};
