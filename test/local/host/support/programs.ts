import fc from 'fast-check';

/** What a random orchestration does; `apps/random` runs it. */
export type Leaf =
  | { readonly kind: 'call'; readonly value: number }
  | { readonly kind: 'flaky'; readonly key: string; readonly failures: number; readonly value: number }
  | { readonly kind: 'sleep'; readonly seconds: number }
  | { readonly kind: 'event'; readonly name: string }
  | { readonly kind: 'sub'; readonly steps: readonly Step[] };

export type Step =
  | Leaf
  | { readonly kind: 'all' | 'any'; readonly leaves: readonly Leaf[] }
  | { readonly kind: 'broken' }
  | { readonly kind: 'status'; readonly value: number };

export interface Program {
  readonly steps: readonly Step[];
  readonly rounds: number;
}

export const eventNames = ['one', 'two'] as const;

const nineDays = 9 * 86_400;

const simpleLeaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({ kind: fc.constant('call' as const), value: fc.nat(9) }),
  fc.record({
    kind: fc.constant('flaky' as const),
    key: fc.uuid(),
    failures: fc.nat(2),
    value: fc.nat(9),
  }),
  fc.record({ kind: fc.constant('sleep' as const), seconds: fc.constantFrom(1, 90, nineDays) }),
  fc.record({ kind: fc.constant('event' as const), name: fc.constantFrom(...eventNames) }),
);

const stepOver = (leaf: fc.Arbitrary<Leaf>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 3, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        leaves: fc.array(leaf, { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'broken' }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('status' as const), value: fc.nat(9) }) },
  );

const childLeaf: fc.Arbitrary<Leaf> = fc.record({
  kind: fc.constant('sub' as const),
  steps: fc.array(stepOver(simpleLeaf), { maxLength: 3 }),
});

/** Programs of a few steps; children have no children of their own. */
export const anyProgram: fc.Arbitrary<Program> = fc.record({
  steps: fc.array(
    stepOver(fc.oneof({ weight: 4, arbitrary: simpleLeaf }, { weight: 1, arbitrary: childLeaf })),
    { minLength: 1, maxLength: 5 },
  ),
  rounds: fc.integer({ min: 1, max: 3 }),
});

const leafResult = (leaf: Leaf): unknown => {
  switch (leaf.kind) {
    case 'call':
    case 'flaky':
      return leaf.value;
    case 'sleep':
      return 'slept';
    case 'event':
      return leaf.name;
    case 'sub':
      return leaf.steps.map(stepResult);
  }
};

const stepResult = (step: Step): unknown => {
  switch (step.kind) {
    case 'all':
      return step.leaves.map(leafResult);
    case 'any':
      return 'any';
    case 'broken':
      return 'broken';
    case 'status':
      return 'told';
    default:
      return leafResult(step);
  }
};

/** What a program returns, whatever happens in which order. Events carry their own name. */
export const resultOf = ({ steps, rounds }: Program): unknown[] =>
  Array.from({ length: rounds }, () => steps.map(stepResult)).flat();
