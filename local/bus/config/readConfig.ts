import { Ajv } from 'ajv';
import { check } from '../../schema/check.ts';
import { queueKey, type QueueOptions } from '../broker/queueSettings.ts';
import type { SubscriptionOptions, TopicOptions } from '../broker/topicOptions.ts';
import type { BusConfig } from '../busOptions.ts';
import type { HubOptions } from '../hubs/hubSettings.ts';
import { compileRules } from '../rules/matching.ts';
import type { Rule } from '../rules/rule.ts';
import { problemWith, type FaultRule } from '../faults/faultRule.ts';
import { advanceSchema, configSchema, faultsSchema } from './configSchema.ts';
import { hubSchema, queueSchema, subscriptionSchema, topicSchema } from './entitySchemas.ts';

/** What the program reads: a bus, and the port of its controls (0 or absent: any free one). */
export interface ProgramConfig extends BusConfig {
  readonly controlPort?: number;
}

const ajv = new Ajv({
  allErrors: true,
  discriminator: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
});
const validators = {
  config: ajv.compile<ProgramConfig>(configSchema),
  queue: ajv.compile<QueueOptions>(queueSchema),
  topic: ajv.compile<TopicOptions>(topicSchema),
  subscription: ajv.compile<SubscriptionOptions>(subscriptionSchema),
  hub: ajv.compile<HubOptions>(hubSchema),
  faults: ajv.compile<readonly FaultRule[]>(faultsSchema),
  advance: ajv.compile<{ ms: number }>(advanceSchema),
};

type Named = readonly { readonly name: string }[];

/** `kind` of each list; lists share their names. */
const checkNames = (what: string, lists: readonly (readonly [kind: string, entities: Named])[]): void => {
  const seen = new Set<string>();
  for (const [kind, entities] of lists) {
    for (const { name } of entities) {
      if (seen.has(queueKey(name)))
        throw new Error(`${what} cannot be used: ${kind} '${name}' is there twice.`);
      seen.add(queueKey(name));
    }
  }
};

const checkSubscriptions = (what: string, topic: TopicOptions): void => {
  checkNames(what, [['subscription', topic.subscriptions ?? []]]);
  for (const { rules = [] } of topic.subscriptions ?? []) checkRules(what, rules);
};

const checkRules = (what: string, rules: readonly Rule[]): void => {
  checkNames(what, [['rule', rules]]);
  compileRules(rules);
};

/** @throws Error when they are no fault rules, or a fault cannot happen where a rule wants it. */
export const readFaults = (value: unknown): readonly FaultRule[] => {
  const rules = check('The list of faults', validators.faults, value);
  const problem = problemWith(rules);
  if (problem !== undefined) throw new Error(problem);
  return rules;
};

const withName = (name: string, body: unknown): object => ({
  ...(typeof body === 'object' && body !== null ? body : {}),
  name,
});

/** @throws Error when it is no description of a queue. */
export const readQueue = (name: string, body: unknown): QueueOptions =>
  check(`Queue '${name}'`, validators.queue, withName(name, body));

/** @throws Error when it is no description of an event hub. */
export const readHub = (name: string, body: unknown): HubOptions =>
  check(`Event hub '${name}'`, validators.hub, withName(name, body));

/** @throws Error when it is no description of a topic. */
export const readTopic = (name: string, body: unknown): TopicOptions => {
  const what = `Topic '${name}'`;
  const topic = check(what, validators.topic, withName(name, body));
  checkSubscriptions(what, topic);
  return topic;
};

/** @throws Error when it is no description of a subscription. */
export const readSubscription = (name: string, body: unknown): SubscriptionOptions => {
  const what = `Subscription '${name}'`;
  const subscription = check(what, validators.subscription, withName(name, body));
  checkRules(what, subscription.rules ?? []);
  return subscription;
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
  checkNames(what, [
    ['queue', config.queues ?? []],
    ['topic', config.topics ?? []],
    ['event hub', config.eventHubs ?? []],
  ]);
  for (const topic of config.topics ?? []) checkSubscriptions(what, topic);
  const problem = problemWith(config.faults ?? []);
  if (problem !== undefined) throw new Error(`${what} cannot be used: ${problem}`);
  return config;
};
