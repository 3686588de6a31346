import type { AnswerControl, ControlResult } from './controlServer.ts';

/** Carries out a request; `name` is the rest of the path. */
export type ControlRoute<Controlled> = (
  controlled: Controlled,
  body: unknown,
  name: string,
) => Promise<ControlResult> | ControlResult;

/** Answers by method and first part of the path, e.g. `GET queues`. */
export const answerByRoute =
  <Controlled>(
    routes: Readonly<Record<string, ControlRoute<Controlled>>>,
    controlled: Controlled,
  ): AnswerControl =>
  (method, [first = '', ...rest], body) => {
    const route = routes[`${method} ${first}`];
    if (route !== undefined) return route(controlled, body, rest.join('/'));
    const isKnown = Object.keys(routes).some((key) => key.endsWith(` ${first}`));
    return isKnown
      ? { status: 405, body: { error: `'${first}' does not take ${method}.` } }
      : { status: 404, body: { error: `There is nothing called '${first}'.` } };
  };
