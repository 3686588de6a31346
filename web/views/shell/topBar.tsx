import type { JSX } from 'preact';
import { lengthOf } from '../../model/times.ts';
import { usePage } from '../../state/page.ts';
import { useKeys } from '../../state/useKeys.ts';
import { useNow } from '../../state/useNow.ts';
import { useTheme } from '../../state/useTheme.ts';
import { Button } from '../../parts/button.tsx';

const ageText = (updatedMs: number | undefined, nowMs: number): string =>
  updatedMs === undefined ? 'Not updated yet' : `Updated ${lengthOf(nowMs - updatedMs)} ago`;

const LiveStatus = ({
  paused,
  pause,
}: {
  paused: boolean;
  pause: (paused: boolean) => void;
}): JSX.Element => {
  const { summary } = usePage();
  const nowMs = useNow();
  useKeys({ p: () => pause(!paused) });
  const trouble = summary.problem !== undefined;
  return (
    <div class="live">
      <span class={`live-dot${paused ? ' paused' : ''}${trouble ? ' trouble' : ''}`} aria-hidden="true" />
      <span class="live-text">{paused ? 'Paused' : ageText(summary.updatedMs, nowMs)}</span>
      <Button
        appearance="subtle"
        ariaLabel={paused ? 'Resume live updates' : 'Pause live updates'}
        title={paused ? 'Resume live updates (P)' : 'Pause live updates (P)'}
        onClick={() => pause(!paused)}
        icon={paused ? 'resume' : 'pause'}
      />
    </div>
  );
};

const ThemeButton = (): JSX.Element => {
  const { theme, choose } = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Button
      appearance="subtle"
      ariaLabel={`Use the ${other} theme`}
      title={`Use the ${other} theme`}
      onClick={() => choose(other)}
      icon={theme === 'dark' ? 'sun' : 'theme'}
    />
  );
};

interface TopBarProps {
  readonly paused: boolean;
  readonly pause: (paused: boolean) => void;
  readonly openHelp: () => void;
  readonly signOut: () => void;
}

/** Product, live updates, theme, help and who is there. */
export const TopBar = ({ paused, pause, openHelp, signOut }: TopBarProps): JSX.Element => {
  const { me } = usePage();
  return (
    <header class="top-bar">
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to content
      </button>
      <img src="icon.svg" alt="" width="24" height="24" />
      <span class="product">System Jobs</span>
      <span class="product-of">Dataverse to Azure bridge</span>
      <LiveStatus paused={paused} pause={pause} />
      <ThemeButton />
      <Button
        appearance="subtle"
        ariaLabel="Keyboard help"
        title="Keyboard help (?)"
        onClick={openHelp}
        icon="help"
      />
      {me.auth === 'keys' ? (
        <Button
          appearance="subtle"
          ariaLabel="Forget the key"
          title="Forget the key"
          onClick={signOut}
          icon="signOut"
        />
      ) : (
        <span class="who">{me.name}</span>
      )}
    </header>
  );
};
