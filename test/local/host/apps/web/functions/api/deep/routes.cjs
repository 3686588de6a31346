'use strict';
const { app } = require('@azure/functions');

const route = (name, options) =>
  app.http(name, {
    authLevel: 'anonymous',
    methods: ['GET'],
    ...options,
    handler: (request) => ({ jsonBody: { name, params: request.params } }),
  });

route('keyed', { authLevel: 'function', methods: ['GET', 'POST'] });
route('masterOnly', { authLevel: 'admin' });
route('aNumber', { route: 'things/{id:int}' });
route('bAnything', { route: 'things/{id}' });
route('cLiteral', { route: 'things/special' });
route('files', { route: 'files/{*path}' });
route('guid', { route: 'guid/{id:guid}' });
route('mixed', { route: 'mixed/{name:alpha}.{ending:length(3)}' });
route('ranged', { route: 'ranged/{n:range(1,9)}' });
route('matched', { route: 'matched/{v:regex(^v\\d+$)}' });
route('withDefault', { route: 'default/{page=1}' });
route('switchedOff', { route: 'off' });
