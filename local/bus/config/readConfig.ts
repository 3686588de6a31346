import { Ajv } from 'ajv';
import { check } from '../../schema/check.ts';
import { queueKey, type QueueOptions } from '../broker/queueSettings.ts';
import type { BusConfig } from '../busOptions.ts';
import { problemWith, type FaultRule } from '../faults/faultRule.ts';
import { advanceSchema, configSchema, faultsSchema, queueSchema } from './configSchema.ts';

/** What the program reads: a bus, and the port of its controls (0 or absent: any free one). */
export interface ProgramConfig extends BusConfig {
  readonly controlPort?: number;
}

const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });
const validators = {
  config: ajv.compile<ProgramConfig>(configSchema),
  queue: ajv.compile<QueueOptions>(queueSchema),
  faults: ajv.compile<readonly FaultRule[]>(faultsSchema),
  advance: ajv.compile<{ ms: number }>(advanceSchema),
};

const checkQueueNames = (what: string, queues: readonly QueueOptions[]): void => {
  const seen = new Set<string>();
  for (const { name } of queues) {
    if (seen.has(queueKey(name))) throw new Error(`${what} cannot be used: queue '${name}' is there twice.`);
    seen.add(queueKey(name));
  }
};

/** @throws Error when they are no fault rules, or a fault cannot happen where a rule wants it. */
export const readFaults = (value: unknown): readonly FaultRule[] => {
  const rules = check('The list of faults', validators.faults, value);
  const problem = problemWith(rules);
  if (problem !== undefined) throw new Error(problem);
  return rules;
};

/** @throws Error when it is no description of a queue. */
export const readQueue = (name: string, body: unknown): QueueOptions => {
  const settings = typeof body === 'object' && body !== null ? body : {};
  return check(`Queue '${name}'`, validators.queue, { ...settings, name });
};

/** @throws Error when it is no number of milliseconds. */
export const readAdvance = (body: unknown): number => check('The request', validators.advance, body).ms;

/**
 * `what` names the source of `value` in errors.
 *
 * @throws Error when it is no configuration.
 */
export const readConfig = (what: string, value: unknown): ProgramConfig => {
  const config = check(what, validators.config, value);
  checkQueueNames(what, config.queues ?? []);
  const problem = problemWith(config.faults ?? []);
  if (problem !== undefined) throw new Error(`${what} cannot be used: ${problem}`);
  return config;
};
