import type { JSX } from 'preact';
import { withClockTimes } from '../model/attempts.ts';
import { useNow } from '../state/useNow.ts';

/** Why something is as it is, in the app's own words. */
export const Why = ({ text }: { text: string }): JSX.Element => <>{withClockTimes(text, useNow())}</>;
