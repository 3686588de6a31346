import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandGlob } from '../../../../local/host/worker/glob.ts';
import { temporaryApp } from '../support/folders.ts';
import { startTestHost } from '../../../support/hosts.ts';

const modules = join(import.meta.dirname, '..', '..', '..', '..', 'node_modules');

/** An app that finds the real packages. */
const appWith = async (files: Record<string, string | object>): Promise<string> => {
  const folder = await temporaryApp({ 'host.json': { version: '2.0' }, ...files });
  await symlink(modules, join(folder, 'node_modules'));
  return folder;
};

const hello = (name: string, head: string): string =>
  `${head}\napp.http('${name}', { authLevel: 'anonymous', handler: () => ({ body: 'hello from ${name}' }) });\n`;
const required = "const { app } = require('@azure/functions');";
const imported = "import { app } from '@azure/functions';";

describe('an app', () => {
  it.each([
    ['CommonJS', { main: 'a.js' }, 'a.js', hello('one', required)],
    [
      'ES modules',
      { main: 'a.js', type: 'module' },
      'a.js',
      `await Promise.resolve();\n${hello('one', imported)}`,
    ],
    ['an ES module by its ending', { main: 'a.mjs' }, 'a.mjs', hello('one', imported)],
    ['CommonJS in a package of modules', { main: 'a.cjs', type: 'module' }, 'a.cjs', hello('one', required)],
  ])('of %s is loaded', async (_what, packageJson, file, source) => {
    const app = await appWith({ 'package.json': packageJson, [file]: source });
    const host = await startTestHost({ app });
    expect(await host.call('/api/one')).toMatchObject({ status: 200, body: 'hello from one' });
    await host.stop();
  });

  it('is loaded once in a process and shared by a host that is started later', async () => {
    const app = await appWith({ 'package.json': { main: 'a.js' }, 'a.js': hello('again', required) });
    for (let time = 0; time < 2; time += 1) {
      const host = await startTestHost({ app });
      expect((await host.call('/api/again')).status).toBe(200);
      await host.stop();
    }
  });

  it.each([
    ['that was not built', { 'package.json': { main: 'dist/*.js' } }, 'No file of'],
    ['without a main', { 'package.json': {} }, 'has no "main"'],
    ['without a package.json', {}, 'package.json cannot be read'],
    [
      'whose entry point throws',
      { 'package.json': { main: 'a.js' }, 'a.js': "throw new Error('not today');" },
      'Worker was unable to load entry point "a.js": not today',
    ],
    [
      'that registers a function twice',
      { 'package.json': { main: 'a.js' }, 'a.js': `${hello('twin', required)}${hello('twin', '')}` },
      'A function with id "twin" has already been registered.',
    ],
    [
      'with a binding type that is not there',
      {
        'package.json': { main: 'a.js' },
        'a.js': `${required} app.storageQueue('q', { queueName: 'x', connection: 'c', handler: () => {} });`,
      },
      "Function 'q': the local host does not have the binding type 'queueTrigger'",
    ],
    [
      'with entities',
      {
        'package.json': { main: 'a.js' },
        'a.js': "require('durable-functions').app.entity('counter', () => {});",
      },
      "does not have the binding type 'entityTrigger'",
    ],
    [
      'with a retry policy',
      {
        'package.json': { main: 'a.js' },
        'a.js': `${required} app.timer('t', { schedule: '0 * * * * *', handler: () => {}, retry: { strategy: 'fixedDelay', maxRetryCount: 1, delayInterval: 1 } });`,
      },
      "Function 't': the local host does not have retry policies",
    ],
    [
      'with a route that cannot be read',
      {
        'package.json': { main: 'a.js' },
        'a.js': `${required} app.get('r', { route: 'x/{id:nonsense}', handler: () => {} });`,
      },
      `the route "api/x/{id:nonsense}" cannot be used: there is no route constraint "nonsense"`,
    ],
  ])('%s is refused in one sentence', async (_what, files, message) => {
    await expect(startTestHost({ app: await appWith(files) })).rejects.toThrow(message);
  });

  it('that turns to a stream of its own is refused', async () => {
    const source = `${required} app.setup({ enableHttpStream: true }); app.http('a', { handler: () => {} });`;
    const app = await appWith({ 'package.json': { main: 'a.js' }, 'a.js': source });
    await expect(startTestHost({ app, workers: 1 })).rejects.toThrow('enableHttpStream');
  });

  it('cannot register a function once it runs', async () => {
    const source = `${required}
      app.http('late', { authLevel: 'anonymous', handler: () => {
        try { app.http('later', { handler: () => {} }); } catch (error) { return { body: error.message }; }
      } });`;
    const app = await appWith({ 'package.json': { main: 'a.js' }, 'a.js': source });
    const host = await startTestHost({ app });
    expect((await host.call('/api/late')).body).toBe('A function can only be registered during app startup.');
    await host.stop();
  });
});

describe('a glob', () => {
  it('finds files below a folder', async () => {
    const empty = '';
    const app = await temporaryApp({
      'src/index.js': empty,
      'src/functions/a.js': empty,
      'src/functions/b.ts': empty,
      'src/functions/deep/c.js': empty,
      'node_modules/x/d.js': empty,
    });
    expect(await expandGlob(app, 'src/{index,functions/*}.js')).toEqual([
      'src/index.js',
      'src/functions/a.js',
    ]);
    expect(await expandGlob(app, './src/**/*.js')).toEqual([
      'src/functions/a.js',
      'src/functions/deep/c.js',
      'src/index.js',
    ]);
    expect(await expandGlob(app, 'src/functions/?.js')).toEqual(['src/functions/a.js']);
    expect(await expandGlob(app, 'src/index.js')).toEqual(['src/index.js']);
    expect(await expandGlob(app, '**/d.js')).toEqual([]);
    expect(await expandGlob(app, 'nowhere/*.js')).toEqual([]);
  });
});
