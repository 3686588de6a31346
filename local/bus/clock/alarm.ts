import type { Clock } from './clock.ts';

/** One appointment that only ever moves nearer until it rings: many deadlines share one timer. */
export interface Alarm {
  /** Rings no later than `timeMs`; a later time than the one already set changes nothing. */
  set(timeMs: number): void;
  readonly off: () => void;
}

export const createAlarm = (clock: Clock, ring: () => void): Alarm => {
  let setForMs = Number.POSITIVE_INFINITY;
  let callOff = (): void => undefined;
  const off = (): void => {
    callOff();
    setForMs = Number.POSITIVE_INFINITY;
  };
  return {
    set: (timeMs) => {
      if (timeMs >= setForMs) return;
      off();
      setForMs = timeMs;
      callOff = clock.at(timeMs, () => {
        setForMs = Number.POSITIVE_INFINITY;
        ring();
      });
    },
    off,
  };
};
