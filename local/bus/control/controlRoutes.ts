import type { AnswerControl } from '../../control/controlServer.ts';
import { answerByRoute, type ControlRoute } from '../../control/routes.ts';
import { subscriptionName, topicOfPath } from '../broker/subscriptionPath.ts';
import type { MovableClock } from '../clock/clock.ts';
import {
  readAdvance,
  readFaults,
  readHub,
  readQueue,
  readSubscription,
  readTopic,
} from '../config/readConfig.ts';
import type { Bus } from '../startBus.ts';
import type { ControlAnswers } from './controlProtocol.ts';

export interface Controlled {
  readonly bus: Bus;
  readonly clock: MovableClock;
}

interface Answer {
  readonly status: number;
  readonly body?: ControlAnswers[keyof ControlAnswers] | { readonly error: string };
}

type Route = (...args: Parameters<ControlRoute<Controlled>>) => Promise<Answer> | Answer;

const done: Answer = { status: 204 };

const removed = (isRemoved: boolean, what: string): Answer =>
  isRemoved ? done : { status: 404, body: { error: `There is no ${what}.` } };

/** By method and first part of the path. */
const routes: Readonly<Record<string, Route>> = {
  'GET queues': ({ bus }) => ({ status: 200, body: bus.queues.counts() }),
  'PUT queues': async ({ bus }, body, name) => {
    await bus.queues.put(readQueue(name, body));
    return done;
  },
  'DELETE queues': async ({ bus }, _body, name) => removed(await bus.queues.remove(name), `queue '${name}'`),
  'GET topics': ({ bus }) => ({ status: 200, body: bus.topics.counts() }),
  'PUT topics': async ({ bus }, body, path) => {
    const topic = topicOfPath(path);
    if (topic === undefined) await bus.topics.put(readTopic(path, body));
    else await bus.topics.putSubscription(topic, readSubscription(subscriptionName(path), body));
    return done;
  },
  'DELETE topics': async ({ bus }, _body, path) => {
    const topic = topicOfPath(path);
    if (topic === undefined) return removed(await bus.topics.remove(path), `topic '${path}'`);
    const isRemoved = await bus.topics.removeSubscription(topic, subscriptionName(path));
    return removed(isRemoved, `subscription '${path}'`);
  },
  'GET event-hubs': ({ bus }) => ({ status: 200, body: bus.eventHubs.counts() }),
  'PUT event-hubs': async ({ bus }, body, name) => {
    await bus.eventHubs.put(readHub(name, body));
    return done;
  },
  'DELETE event-hubs': async ({ bus }, _body, name) =>
    removed(await bus.eventHubs.remove(name), `event hub '${name}'`),
  'GET faults': ({ bus }) => ({ status: 200, body: bus.faults.rules }),
  'PUT faults': ({ bus }, body) => {
    bus.faults.put(readFaults(body));
    return done;
  },
  'DELETE faults': ({ bus }) => {
    bus.faults.put([]);
    return done;
  },
  'GET hits': ({ bus }) => ({ status: 200, body: bus.faults.hits }),
  'POST stop-listening': async ({ bus }) => {
    await bus.stopListening();
    return done;
  },
  'POST listen': async ({ bus }) => {
    await bus.listen();
    return done;
  },
  'POST advance-clock': ({ clock }, body) => {
    clock.advance(readAdvance(body));
    return done;
  },
};

export const answerControl = (controlled: Controlled): AnswerControl => answerByRoute(routes, controlled);
