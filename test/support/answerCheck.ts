import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Route } from '../../shared/api/routes/route.ts';
import { problemsOf, routes } from '../../shared/api/routes/routes.ts';
import { problems } from '../../shared/api/problemCatalogue.ts';
import { components } from '../../shared/api/schemas/components.ts';
import { ref, type Schema } from '../../shared/api/schemas/schema.ts';

/** Published schemas are open; here a member that is not described is a fault. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each)]));
  return 'properties' in inner && inner['type'] === 'object'
    ? { additionalProperties: false, ...inner }
    : inner;
};

const utcTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  formats: { 'date-time': utcTime, uri: /^urn:[\w:-]+$/ },
});
ajv.addVocabulary(['components']);
ajv.addSchema({ $id: 'api', components: { schemas: closed(components) } });

const checks = new Map<Schema, ValidateFunction>();

const checkFor = (schema: Schema): ValidateFunction => {
  const known = checks.get(schema);
  if (known !== undefined) return known;
  const { $ref } = schema as { $ref?: string };
  const check = ajv.compile($ref === undefined ? (closed(schema) as Schema) : { $ref: `api${$ref}` });
  checks.set(schema, check);
  return check;
};

const matches = ({ path }: Route, pathname: string): boolean =>
  new RegExp(`^/api${path.replace(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}/?$`, 'i').test(pathname);

/** Literal paths before those with parameters. */
const byPath = [...routes].sort((a, b) => a.path.split('{').length - b.path.split('{').length);

/** An answer that is not as described; nothing that waits for an answer may go over it. */
export class AnswerDiffers extends Error {
  override readonly name = 'AnswerDiffers';
}

const fail = (what: string, why: string): never => {
  throw new AnswerDiffers(
    `The answer of ${what} is not as the API's description (shared/api/routes) says: ${why}`,
  );
};

const told = (check: ValidateFunction): string => ajv.errorsText(check.errors, { dataVar: 'answer' });

const checkProblem = (what: string, route: Route, status: number, body: unknown): void => {
  const check = checkFor(ref('Problem'));
  if (!check(body)) fail(what, told(check));
  const { code } = body as { code: keyof typeof problems };
  if (problems[code].status !== status) fail(what, `${code} is not a ${status}`);
  if (!problemsOf(route).includes(code)) fail(what, `${code} is no problem of this route`);
};

const checkContent = (what: string, route: Route, response: Response, text: string): void => {
  const content = route.answers[response.status];
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (content === undefined) return fail(what, 'no such status is described');
  if (content.schema === undefined) return text === '' ? undefined : fail(what, 'it has a body');
  if (mediaType !== (content.mediaType ?? 'application/json')) fail(what, `it is ${mediaType}`);
  const check = checkFor(content.schema);
  if (!check(JSON.parse(text))) fail(what, told(check));
  for (const name of Object.keys(content.headers ?? {})) {
    if (name === 'ETag' && !response.headers.has(name)) fail(what, `it has no ${name}`);
  }
};

/**
 * Holds an answer of the app to the API's description: status, media type, every member, and which problems a route may
 * answer with. What the host answers by itself has no body and is let through, and so is what is no route of the API.
 *
 * @throws AnswerDiffers that says what differs.
 */
export const checkAnswer = async (method: string, url: string, answer: Response): Promise<void> => {
  const { pathname } = new URL(url);
  const route = byPath.find((each) => each.method === method.toLowerCase() && matches(each, pathname));
  const text = await answer.clone().text();
  if (route === undefined || (text === '' && [304, 401, 404, 405].includes(answer.status))) return;
  const what = `${method} ${route.path}: ${answer.status}`;
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (!isProblem) checkContent(what, route, answer, text);
  else checkProblem(what, route, answer.status, JSON.parse(text));
};
