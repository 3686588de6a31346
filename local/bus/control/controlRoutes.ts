import type { AnswerControl } from '../../control/controlServer.ts';
import { answerByRoute, type ControlRoute } from '../../control/routes.ts';
import type { MovableClock } from '../clock/clock.ts';
import { readAdvance, readFaults, readQueue } from '../config/readConfig.ts';
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

/** By method and first part of the path. */
const routes: Readonly<Record<string, Route>> = {
  'GET queues': ({ bus }) => ({ status: 200, body: bus.queues.counts() }),
  'PUT queues': async ({ bus }, body, name) => {
    await bus.queues.put(readQueue(name, body));
    return done;
  },
  'DELETE queues': async ({ bus }, _body, name) =>
    (await bus.queues.remove(name)) ? done : { status: 404, body: { error: `There is no queue '${name}'.` } },
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
