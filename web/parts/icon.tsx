import type { JSX } from 'preact';
import type { Display } from '../model/jobs.ts';

/** Paths of a 16 by 16 drawing, all strokes. */
const shapes = {
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  cancel: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  pause: 'M5.5 3v10M10.5 3v10',
  resume: 'M5 3l8 5-8 5z',
  postpone: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  delete: 'M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9M7 7v4M9 7v4',
  refresh: 'M13.5 8a5.5 5.5 0 0 1-10 3.2M2.5 8a5.5 5.5 0 0 1 10-3.2M12.5 2v3h-3M3.5 14v-3h3',
  overview: 'M2.5 13.5h11M4 11V8M8 11V3M12 11V6',
  jobs: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  endpoints: 'M8 10V2.5M5 5.5l3-3 3 3M2.5 10v3.5h11V10',
  operations: 'M2.5 4.5l1.5 1.5 2.5-3M2.5 11l1.5 1.5 2.5-3M9 4.5h4.5M9 11h4.5',
  help: 'M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.5M8 11.6v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  theme: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  signOut: 'M9.5 3H3v10h6.5M7 8h6.5M11 5.5L13.5 8 11 10.5',
  close: 'M4 4l8 8M12 4l-8 8',
  edit: 'M3 13l.7-3L11 2.7l2.3 2.3L6 12.3z',
  copy: 'M6 6h7v7.5H6zM4 10H3V2.5h7V4',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3l3.2 3.2',
  left: 'M10 3L5 8l5 5',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  download: 'M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10',
  key: 'M7.6 8.4L13.5 2.5M11 5l2 2M9.4 11a3.4 3.4 0 1 1-6.8 0 3.4 3.4 0 0 1 6.8 0z',
} as const;

export type IconName = keyof typeof shapes;

/** Decoration only: the word beside it, or the label of its button, says what it means. */
export const Icon = ({ name, slot }: { name: IconName; slot?: string }): JSX.Element => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" {...(slot === undefined ? {} : { slot })}>
    <path d={shapes[name]} />
  </svg>
);

/** Each display has a silhouette of its own, so that it is told without colour. */
const signs: Readonly<Record<Display, { readonly ground: string; readonly mark: string }>> = {
  New: { ground: 'ring dashed', mark: '' },
  Waiting: { ground: 'ring', mark: 'M8 4.8V8l2.2 1.4' },
  Retrying: { ground: '', mark: 'M12.8 8A4.8 4.8 0 1 1 11 4.2M12.6 2.2v3h-3' },
  Held: { ground: 'ring', mark: 'M6.4 5.6v4.8M9.6 5.6v4.8' },
  Suspended: { ground: 'triangle', mark: 'M8 6.2v3M8 11.4v.1' },
  InProgress: { ground: 'ring', mark: 'M6.6 5.4L10.6 8l-4 2.6z' },
  Pausing: { ground: 'ring dashed', mark: 'M6.4 5.6v4.8M9.6 5.6v4.8' },
  Canceling: { ground: 'ring dashed', mark: 'M5.5 10.5l5-5' },
  Succeeded: { ground: 'disc', mark: 'M5 8.2l2.1 2.1L11 6' },
  SucceededLate: { ground: '', mark: 'M13.4 8a5.4 5.4 0 1 1-2-4.2M5.2 8.2l2.1 2.1 5.6-6.2' },
  Failed: { ground: 'octagon', mark: 'M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4' },
  Canceled: { ground: 'ring', mark: 'M4.2 11.8l7.6-7.6' },
};

const Ground = ({ kind }: { kind: string }): JSX.Element | null => {
  if (kind === '') return null;
  if (kind === 'triangle') return <path class="ground" d="M8 1.8l6.6 12H1.4z" />;
  if (kind === 'octagon')
    return <path class="ground" d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" />;
  return <circle class={`ground ${kind}`} cx="8" cy="8" r="6.3" />;
};

/** The shape of a status. */
export const Sign = ({ display }: { display: Display }): JSX.Element => (
  <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
    <Ground kind={signs[display].ground} />
    <path class="mark" d={signs[display].mark} />
  </svg>
);
