import { Ajv } from 'ajv';
import { check } from '../../schema/check.ts';
import { relayKey } from '../entity/entities.ts';
import { problemWith, type FaultRule } from '../faults/faultRule.ts';
import type { RelayConfig, RelaySettings } from '../relayOptions.ts';
import { configSchema, faultsSchema, relaySchema } from './configSchema.ts';

/** What the program reads: a namespace, and the port of its controls (0 or absent: any free one). */
export interface ProgramConfig extends RelayConfig {
  readonly controlPort?: number;
}

const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });
const validators = {
  config: ajv.compile<ProgramConfig>(configSchema),
  relay: ajv.compile<RelaySettings>(relaySchema),
  faults: ajv.compile<readonly FaultRule[]>(faultsSchema),
};

const checkRelayNames = (what: string, relays: readonly RelaySettings[]): void => {
  const seen = new Set<string>();
  for (const { name } of relays) {
    if (seen.has(relayKey(name))) throw new Error(`${what} cannot be used: relay '${name}' is there twice.`);
    seen.add(relayKey(name));
  }
};

/** @throws Error when they are no fault rules, or a fault cannot happen where a rule wants it. */
export const readFaults = (value: unknown): readonly FaultRule[] => {
  const rules = check('The list of faults', validators.faults, value);
  const problem = problemWith(rules);
  if (problem !== undefined) throw new Error(problem);
  return rules;
};

/** @throws Error when it is no description of a relay. */
export const readRelay = (name: string, body: unknown): RelaySettings => {
  const settings = typeof body === 'object' && body !== null ? body : {};
  return check(`Relay '${name}'`, validators.relay, { ...settings, name });
};

/**
 * `what` names the source of `value` in errors.
 *
 * @throws Error when it is no configuration.
 */
export const readConfig = (what: string, value: unknown): ProgramConfig => {
  const config = check(what, validators.config, value);
  checkRelayNames(what, config.relays ?? []);
  const problem = problemWith(config.faults ?? []);
  if (problem !== undefined) throw new Error(`${what} cannot be used: ${problem}`);
  return config;
};
