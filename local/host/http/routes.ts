import type { HostedFunction } from '../worker/functions.ts';
import type { AuthLevel } from './keys.ts';
import { compileTemplate, type RouteMatcher } from './template.ts';

/** A function behind a route. */
export interface Route {
  readonly hosted: HostedFunction;
  readonly template: string;
  readonly authLevel: AuthLevel;
  /** Upper case; undefined for all. */
  readonly methods: ReadonlySet<string> | undefined;
  readonly match: RouteMatcher;
}

export interface RouteMatch {
  readonly route: Route;
  readonly params: Record<string, string>;
}

const authLevelOf = ({ name, trigger }: HostedFunction): AuthLevel => {
  const level = typeof trigger['authLevel'] === 'string' ? trigger['authLevel'].toLowerCase() : 'anonymous';
  if (level === 'anonymous' || level === 'function' || level === 'admin') return level;
  throw new Error(`Function '${name}': there is no authLevel '${level}'.`);
};

const methodsOf = ({ trigger }: HostedFunction): ReadonlySet<string> | undefined => {
  const { methods } = trigger;
  if (!Array.isArray(methods) || methods.length === 0) return undefined;
  return new Set(methods.map((method) => String(method).toUpperCase()));
};

const routeOf = (hosted: HostedFunction, prefix: string): Route => {
  const { route } = hosted.trigger;
  const own = typeof route === 'string' && route !== '' ? route : hosted.name;
  const template = prefix === '' ? own : `${prefix}/${own}`;
  try {
    const match = compileTemplate(template);
    return { hosted, template, authLevel: authLevelOf(hosted), methods: methodsOf(hosted), match };
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`Function '${hosted.name}': the route "${template}" cannot be used: ${reason}.`, {
      cause: error,
    });
  }
};

/** Routes in the order they are tried. @throws Error for routes that cannot be read. */
export const buildRoutes = (functions: readonly HostedFunction[], routePrefix: string): readonly Route[] =>
  functions.map((hosted) => routeOf(hosted, routePrefix));

/**
 * The first route that matches path and method. As on the real host there is no precedence of literal segments: the
 * order of the functions' names decides (azure-functions-host#9876), and a wrong method is no match at all, so the
 * answer is 404, not 405 (azure-functions-host#10098).
 */
export const findRoute = (routes: readonly Route[], method: string, path: string): RouteMatch | undefined => {
  for (const route of routes) {
    if (route.methods?.has(method) === false) continue;
    const params = route.match(path);
    if (params !== undefined) return { route, params };
  }
  return undefined;
};

/** A path a route stands for, with something in place of its parameters. */
const samplePath = ({ template }: Route): string => `/${template.replace(/\{[^{}]*\}/g, 'x')}`;

const isLiteral = ({ template }: Route): boolean => !template.includes('{');

/** Functions that another one hides: their literal route is taken by an earlier one. */
export const shadowedRoutes = (routes: readonly Route[]): { readonly hidden: Route; readonly by: Route }[] =>
  routes.filter(isLiteral).flatMap((hidden) => {
    const method = [...(hidden.methods ?? ['GET'])][0] ?? 'GET';
    const first = findRoute(routes, method, samplePath(hidden));
    return first === undefined || first.route === hidden ? [] : [{ hidden, by: first.route }];
  });
