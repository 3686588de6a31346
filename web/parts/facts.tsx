import type { ComponentChildren, JSX } from 'preact';

/** Names and what they are of one thing. A row whose value is null is left out. */
export const Facts = ({
  rows,
}: {
  rows: readonly (readonly [string, ComponentChildren | null])[];
}): JSX.Element => (
  <dl class="facts">
    {rows
      .filter(([, value]) => value !== null)
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
