import type { JSX } from 'preact';
import { lengthOf } from '../../model/times.ts';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../state/page.ts';
import { useKeys } from '../../state/useKeys.ts';
import { useNow } from '../../state/useNow.ts';
import { useTheme } from '../../state/useTheme.ts';

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
      <fluent-button
        appearance="subtle"
        icon-only
        aria-label={paused ? 'Resume live updates' : 'Pause live updates'}
        title={paused ? 'Resume live updates (P)' : 'Pause live updates (P)'}
        onClick={() => pause(!paused)}
      >
        <Icon name={paused ? 'resume' : 'pause'} />
      </fluent-button>
    </div>
  );
};

const ThemeButton = (): JSX.Element => {
  const { theme, choose } = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <fluent-button
      appearance="subtle"
      icon-only
      aria-label={`Use the ${other} theme`}
      title={`Use the ${other} theme`}
      onClick={() => choose(other)}
    >
      <Icon name={theme === 'dark' ? 'sun' : 'theme'} />
    </fluent-button>
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
      <fluent-button
        appearance="subtle"
        icon-only
        aria-label="Keyboard help"
        title="Keyboard help (?)"
        onClick={openHelp}
      >
        <Icon name="help" />
      </fluent-button>
      {me.auth === 'keys' ? (
        <fluent-button
          appearance="subtle"
          icon-only
          aria-label="Forget the key"
          title="Forget the key"
          onClick={signOut}
        >
          <Icon name="signOut" />
        </fluent-button>
      ) : (
        <span class="who">{me.name}</span>
      )}
    </header>
  );
};
