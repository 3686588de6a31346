/** Architecture rules: every area has one permission (ARCHITECTURE.md, "Permissions"). */
const builtinsThatReach =
  '^(node:)?(fs|net|http|https|http2|dgram|dns|tls|child_process|cluster|worker_threads|os)(/|$)';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-functions-touch-the-functions-sdks',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: 'node_modules/(@azure/functions|durable-functions)/' },
    },
    {
      name: 'only-shared-azure-touches-the-network',
      comment: 'Azure clients and network builtins enter the app through shared/azure alone.',
      severity: 'error',
      from: { path: '^(shared|functions)/', pathNot: '^shared/azure/' },
      to: { path: 'node_modules/@azure/(service-bus|data-tables|identity|core-)' },
    },
    {
      name: 'pure-rooms-do-no-io',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/(azure|platform)/' },
      to: { path: builtinsThatReach },
    },
    {
      name: 'pure-rooms-know-neither-network-nor-environment',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/(azure|platform)/' },
      to: { path: '^shared/(azure|platform)/' },
    },
    {
      name: 'the-formats-stand-alone',
      comment: 'A listener takes shared/context as it is: no package, nothing else of the bridge.',
      severity: 'error',
      from: { path: '^shared/context/' },
      to: { pathNot: '^shared/context/|^(node:)?buffer$' },
    },
    {
      name: 'network-room-does-not-read-the-environment',
      severity: 'error',
      from: { path: '^shared/azure/' },
      to: { path: '^shared/platform/' },
    },
    {
      name: 'an-orchestrator-reaches-only-pure-code',
      comment:
        'Determinism: whatever an orchestrator can reach has no clock, randomness, environment or I/O.',
      severity: 'error',
      from: {
        path: '^(functions/.*Orchestrator\\.ts|shared/job/workflow\\.ts|shared/workflow/.*)$',
      },
      to: { reachable: true, path: `^shared/(azure|platform)/|${builtinsThatReach}` },
    },
    {
      name: 'the-app-does-not-know-the-local-platform',
      severity: 'error',
      from: { path: '^(functions|shared)/' },
      to: { path: '^(local|test|bench|samples)/' },
    },
    {
      name: 'the-local-platform-knows-the-app-only-as-built-output',
      severity: 'error',
      from: { path: '^(local|bench)/' },
      to: { path: '^(functions|shared)/' },
    },
    {
      name: 'the-command-line-talks-http-only',
      comment: 'It works on any deployed app, so it knows neither the app nor the local platform.',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^(functions|shared|local|bench)/' },
    },
    {
      name: 'nothing-imports-the-command-line',
      severity: 'error',
      from: { pathNot: '^(cli|test)/' },
      to: { path: '^cli/' },
    },
    {
      name: 'the-page-knows-the-app-only-by-its-API',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(functions|shared|local|bench|cli|samples)/' },
    },
    {
      name: 'what-the-page-knows-without-a-browser-stands-alone',
      severity: 'error',
      from: { path: '^web/model/' },
      to: { pathNot: '^web/(model/|api/(shapes|jobDetail|endpoints|operations)\\.ts$)' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'shared-does-not-import-triggers',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^functions/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
