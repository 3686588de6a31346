import type { JSX } from 'preact';
import type { Client } from '../../api/client.ts';
import type { Problem } from '../../api/shapes.ts';
import { Failed } from '../../parts/states.tsx';
import { useFaults } from '../../state/useFaults.ts';

interface CannotOpenProps {
  readonly client: Client;
  readonly problem: Problem;
  readonly retry: () => void;
}

/** The app does not say who is there, and why. */
export const CannotOpen = ({ client, problem, retry }: CannotOpenProps): JSX.Element => {
  const faults = useFaults(client, problem);
  return (
    <main class="alone">
      <h1>System Jobs</h1>
      <Failed problem={problem} retry={retry}>
        {faults.length === 0 ? null : (
          <ul class="faults" aria-label="Faults of the configuration">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
      </Failed>
    </main>
  );
};
