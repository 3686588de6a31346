import type { AnswerControl } from '../../control/controlServer.ts';
import { answerByRoute, type ControlRoute } from '../../control/routes.ts';
import { readFaults, readRelay } from '../config/readConfig.ts';
import type { Relay } from '../startRelay.ts';
import type { ControlAnswers } from './controlProtocol.ts';

interface Answer {
  readonly status: number;
  readonly body?: ControlAnswers[keyof ControlAnswers] | { readonly error: string };
}

type Route = (...args: Parameters<ControlRoute<Relay>>) => Promise<Answer> | Answer;

const done: Answer = { status: 204 };

/** By method and first part of the path. */
const routes: Readonly<Record<string, Route>> = {
  'GET relays': (relay) => ({ status: 200, body: relay.relays() }),
  'PUT relays': (relay, body, name) => {
    relay.put(readRelay(name, body));
    return done;
  },
  'DELETE relays': (relay, _body, name) =>
    relay.remove(name) ? done : { status: 404, body: { error: `There is no relay '${name}'.` } },
  'GET faults': (relay) => ({ status: 200, body: relay.faults.rules }),
  'PUT faults': (relay, body) => {
    relay.faults.put(readFaults(body));
    return done;
  },
  'DELETE faults': (relay) => {
    relay.faults.put([]);
    return done;
  },
  'GET hits': (relay) => ({ status: 200, body: relay.faults.hits }),
  'POST stop-listening': async (relay) => {
    await relay.stopListening();
    return done;
  },
  'POST listen': async (relay) => {
    await relay.listen();
    return done;
  },
};

export const answerControl = (relay: Relay): AnswerControl => answerByRoute(routes, relay);
