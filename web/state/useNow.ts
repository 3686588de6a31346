import { useEffect, useState } from 'preact/hooks';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const tick = (): void => {
  if (document.hidden) return;
  for (const listener of listeners) listener();
};

/** One clock for all times on the page. */
const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** Now, in milliseconds; renders again every second while the page is visible. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => listen(() => setNow(Date.now())), []);
  return now;
};
