import tseslint from 'typescript-eslint';

/** What pure code may not touch: ARCHITECTURE.md, "Permissions". */
const impure = {
  globals: [
    { name: 'process', message: 'Only shared/platform reads the environment.' },
    { name: 'setTimeout', message: 'Pure code has no timers; pass a wait function in.' },
    { name: 'setInterval', message: 'Pure code has no timers.' },
    { name: 'fetch', message: 'Only shared/azure touches the network.' },
    { name: 'crypto', message: 'Randomness enters through shared/platform.' },
  ],
  properties: [
    { object: 'Date', property: 'now', message: 'The clock enters through shared/platform.' },
    { object: 'Math', property: 'random', message: 'Randomness enters through shared/platform.' },
    { object: 'performance', property: 'now', message: 'The clock enters through shared/platform.' },
  ],
  syntax: [
    {
      selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
      message: 'The clock enters through shared/platform.',
    },
  ],
};

const pureRules = {
  'no-restricted-globals': ['error', ...impure.globals],
  'no-restricted-properties': ['error', ...impure.properties],
  'no-restricted-syntax': ['error', ...impure.syntax],
};

export default tseslint.config(
  {
    ignores: ['test/golden/app/', 'dist/', 'build/', '.local/', 'node_modules/', 'test/**/data/', '**/*.cjs'],
  },
  tseslint.configs.base,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './local/tsconfig.json',
          './bench/tsconfig.json',
          './cli/tsconfig.json',
          './test/tsconfig.json',
          './web/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Pure rooms: no clock, no randomness, no environment, no I/O.
    files: ['shared/**/*.ts'],
    ignores: ['shared/azure/**', 'shared/platform/**'],
    rules: pureRules,
  },
  {
    // Network code and triggers: no environment, no clock.
    files: ['shared/azure/**/*.ts', 'functions/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure.globals.filter(({ name }) => name !== 'fetch')],
      'no-restricted-properties': ['error', ...impure.properties],
      'no-restricted-syntax': ['error', ...impure.syntax],
    },
  },
  {
    // An orchestrator touches nothing but its context; its workflow obeys the same rules and may not await.
    files: [
      'functions/*Orchestrator.ts',
      'functions/durable/*Context.ts',
      'functions/durable/waiting.ts',
      'functions/durable/operationContext.ts',
      'shared/job/workflow.ts',
      'shared/operation/workflow.ts',
      'shared/gate/recoveryWorkflow.ts',
    ],
    rules: {
      ...pureRules,
      'no-restricted-syntax': [
        'error',
        ...impure.syntax,
        { selector: 'AwaitExpression', message: 'A workflow yields durable tasks; it never awaits.' },
        { selector: 'FunctionDeclaration[async=true]', message: 'A workflow is a generator, never async.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    // What the page knows without a browser: no clock, no DOM.
    files: ['web/model/**/*.ts'],
    rules: pureRules,
  },
  {
    // Everything that is shown goes through text nodes.
    files: ['web/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
          message: 'What is shown is text; a payload is never markup.',
        },
      ],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'What is shown is text; a payload is never markup.' },
        { property: 'outerHTML', message: 'What is shown is text; a payload is never markup.' },
        { property: 'insertAdjacentHTML', message: 'What is shown is text; a payload is never markup.' },
      ],
    },
  },
  {
    // Programs talk to a person: standard output and error are their interface.
    files: ['local/**/*.ts', 'bench/**/*.ts', 'local/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  { files: ['*.config.ts', '*.config.js'], rules: { 'no-restricted-exports': 'off' } },
);
