import type { JSX } from 'preact';
import { addressOf, type Place } from '../../model/address.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';

interface Entry {
  readonly label: string;
  readonly icon: IconName;
  readonly place: Place;
  /** Views that belong under it. */
  readonly views: readonly Place['view'][];
}

const entries: readonly Entry[] = [
  { label: 'Overview', icon: 'overview', place: { view: 'overview' }, views: ['overview'] },
  { label: 'Jobs', icon: 'jobs', place: { view: 'jobs', filter: {} }, views: ['jobs', 'job'] },
  { label: 'Endpoints', icon: 'endpoints', place: { view: 'endpoints' }, views: ['endpoints', 'endpoint'] },
  {
    label: 'Operations',
    icon: 'operations',
    place: { view: 'operations' },
    views: ['operations', 'operation'],
  },
];

/** The left navigation. */
export const Navigation = ({ place }: { place: Place }): JSX.Element => (
  <nav class="navigation" aria-label="Views">
    <ul>
      {entries.map(({ label, icon, place: to, views }) => (
        <li key={label}>
          <a href={addressOf(to)} aria-current={views.includes(place.view) ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{label}</span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
