import type { JSX } from 'preact';

interface PropertiesTableProps {
  readonly caption: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const valueOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Names and values that travel beside a body. */
export const PropertiesTable = ({ caption, properties }: PropertiesTableProps): JSX.Element | null => {
  const entries = Object.entries(properties);
  if (entries.length === 0) return null;
  return (
    <div class="scroller" tabIndex={0} role="region" aria-label={caption}>
      <table class="properties">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{valueOf(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
