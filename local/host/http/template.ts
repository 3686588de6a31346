import { parseConstraint, type Constraint } from './constraints.ts';

/** The values of a route's parameters; undefined when the path does not match. */
export type RouteMatcher = (path: string) => Record<string, string> | undefined;

interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly catchAll: boolean;
  readonly fallback: string | undefined;
  readonly constraints: readonly Constraint[];
}

/** Splits `name:int:min(3)` at colons outside of parentheses. */
const splitConstraints = (text: string): string[] => {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ':' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts;
};

const parseParameter = (text: string): Parameter => {
  const stars = /^\**/.exec(text)?.[0] ?? '';
  const [definition = '', ...constraints] = splitConstraints(text.slice(stars.length));
  const last = constraints.at(-1) ?? definition;
  const optional = last.endsWith('?');
  const defaultAt = last.indexOf('=');
  const trim = (part: string): string => part.replace(/\?$/, '').replace(/=.*$/s, '');
  return {
    name: trim(definition),
    optional,
    catchAll: stars !== '',
    fallback: defaultAt < 0 ? undefined : last.slice(defaultAt + 1),
    constraints: constraints.map(trim).map(parseConstraint),
  };
};

const escape = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Pieces of a segment: literals, and parameters in braces (doubled braces are not supported). */
const piecesOf = (segment: string): string[] =>
  segment.split(/(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})/).filter((piece) => piece !== '');

interface Compiled {
  readonly source: string;
  readonly parameters: Parameter[];
}

const compileSegment = (segment: string): Compiled => {
  const parameters: Parameter[] = [];
  const source = piecesOf(segment)
    .map((piece) => {
      if (!piece.startsWith('{')) return escape(piece);
      const parameter = parseParameter(piece.slice(1, -1));
      parameters.push(parameter);
      return parameter.catchAll ? '(.*)' : '([^/]+?)';
    })
    .join('');
  return { source, parameters };
};

const isLeavable = ({ parameters }: Compiled): boolean =>
  parameters.length === 1 &&
  parameters.every(({ optional, catchAll, fallback }) => optional || catchAll || fallback !== undefined);

/** Optional segments nest from the right: `a(?:/b(?:/c)?)?`. */
const join = (segments: readonly Compiled[]): string =>
  segments.reduceRight((rest, segment) => {
    const own = `/${segment.source}${rest}`;
    return isLeavable(segment) ? `(?:${own})?` : own;
  }, '');

/** An encoded slash stays encoded, as in the real server. */
const decode = (value: string): string => {
  try {
    return value.split(/%2f/i).map(decodeURIComponent).join('%2F');
  } catch {
    return value;
  }
};

const valuesOf = (
  match: RegExpExecArray,
  parameters: readonly Parameter[],
): Record<string, string> | undefined => {
  const values: Record<string, string> = {};
  for (const [index, { name, constraints, fallback }] of parameters.entries()) {
    const raw = match[index + 1];
    const value = raw === undefined || raw === '' ? fallback : decode(raw);
    if (value === undefined) continue;
    if (!constraints.every((constraint) => constraint(value))) return undefined;
    values[name] = value;
  }
  return values;
};

/**
 * Compiles an ASP.NET Core route template (`jobs/{id:guid}/{action?}`, `files/{*rest}`). Literals are compared
 * without regard to case; a trailing slash does not matter.
 *
 * @throws Error when the template has an unknown constraint.
 */
export const compileTemplate = (template: string): RouteMatcher => {
  const segments = template
    .split('/')
    .filter((segment) => segment !== '')
    .map(compileSegment);
  const expression = new RegExp(`^${join(segments)}/?$`, 'i');
  const parameters = segments.flatMap((segment) => segment.parameters);
  return (path) => {
    const match = expression.exec(path);
    return match === null ? undefined : valuesOf(match, parameters);
  };
};
