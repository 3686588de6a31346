import { webDarkTheme, webLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components/theme/set-theme.js';
import { useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';

const name = 'bridge.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

const chosen = (): Theme | undefined => {
  const kept = localStorage.getItem(name);
  return kept === 'light' || kept === 'dark' ? kept : undefined;
};

const current = (): Theme => chosen() ?? (system.matches ? 'dark' : 'light');

const apply = (theme: Theme): void => {
  setTheme(theme === 'dark' ? webDarkTheme : webLightTheme);
  document.documentElement.dataset['theme'] = theme;
};

/** Before the first paint. */
export const applyTheme = (): void => apply(current());

/** The theme: the system's until a person chooses. */
export const useTheme = (): { readonly theme: Theme; readonly choose: (theme: Theme) => void } => {
  const [theme, set] = useState(current);
  useEffect(() => {
    const changed = (): void => set(current());
    system.addEventListener('change', changed);
    return () => system.removeEventListener('change', changed);
  }, []);
  useEffect(() => apply(theme), [theme]);
  return {
    theme,
    choose: (wanted) => {
      localStorage.setItem(name, wanted);
      set(wanted);
    },
  };
};
