import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadApp } from '../../local/host/worker/app.ts';
import type { Binding } from '../../local/host/worker/coreTypes.ts';
import { routes } from '../../shared/api/routes/routes.ts';

/** `explain/{endpoint?}` stands for two paths. */
const pathsOf = (route: string): string[] =>
  route.includes('/{endpoint?}')
    ? [`/${route.replace('/{endpoint?}', '')}`, `/${route.replace('?', '')}`]
    : [`/${route}`];

const operationsOf = (name: string, trigger: Binding): string[] => {
  const { route, methods } = trigger as unknown as { route: string; methods: string[] };
  return methods.flatMap((method) => pathsOf(route).map((path) => `${name} ${method.toLowerCase()} ${path}`));
};

/** Not of the API: the files of the page. */
const page = 'pageHttp';

describe('the description of the API', () => {
  it('has every HTTP function of the app, and no other', async () => {
    const { functions } = await loadApp(join(import.meta.dirname, '../..'), () => undefined);
    const triggers = functions.flatMap(({ name, bindings }) =>
      Object.values(bindings)
        .filter(({ type }) => type === 'httpTrigger')
        .map((binding) => ({ name, binding })),
    );
    const registered = triggers
      .filter(({ name }) => name !== page)
      .flatMap(({ name, binding }) => operationsOf(name, binding));
    const described = routes.map(({ name, method, path }) => `${name} ${method} ${path}`);
    expect(registered.sort()).toEqual(described.sort());
    expect(registered.length).toBeGreaterThan(5);
  });

  it('asks with keys for one at every function but the page', async () => {
    const { functions } = await loadApp(join(import.meta.dirname, '../..'), () => undefined);
    for (const { name, bindings } of functions) {
      for (const { type, authLevel } of Object.values(bindings) as (Binding & { authLevel?: string })[]) {
        if (type === 'httpTrigger')
          expect(`${name} ${authLevel}`).toBe(`${name} ${name === page ? 'anonymous' : 'function'}`);
      }
    }
  });
});
