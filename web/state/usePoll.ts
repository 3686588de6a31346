import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from '../api/client.ts';
import type { Problem } from '../api/shapes.ts';

export interface Poll<T> {
  /** What was answered last; stays when a later request fails. */
  readonly value: T | undefined;
  readonly etag: string | null;
  /** Of the last request; undefined when it went well. */
  readonly problem: Problem | undefined;
  /** When it was answered last, in milliseconds. */
  readonly updatedMs: number | undefined;
  readonly refresh: () => void;
}

interface PollOptions {
  readonly everyMs: number;
  readonly paused: boolean;
}

type PollState<T> = Omit<Poll<T>, 'refresh'>;

const nothing = { value: undefined, etag: null, problem: undefined, updatedMs: undefined };

const withResult = <T>(before: PollState<T>, result: Result<T>): PollState<T> =>
  result.kind === 'ok'
    ? { value: result.value, etag: result.etag, problem: undefined, updatedMs: Date.now() }
    : { ...before, problem: result.problem };

/**
 * Asks now, and again every while: not in a hidden tab, not while paused, and never twice at the same time.
 *
 * @param key of what is asked; another key begins anew.
 */
export const usePoll = <T>(
  key: string,
  load: (signal: AbortSignal) => Promise<Result<T>>,
  { everyMs, paused }: PollOptions,
): Poll<T> => {
  const [state, setState] = useState<PollState<T>>(nothing);
  const latest = useRef(load);
  latest.current = load;
  const asking = useRef<AbortController | undefined>(undefined);

  const ask = useCallback(async (): Promise<void> => {
    if (asking.current !== undefined) return;
    const mine = new AbortController();
    asking.current = mine;
    const result = await latest.current(mine.signal);
    if (mine.signal.aborted) return;
    asking.current = undefined;
    setState((before) => withResult(before, result));
  }, []);

  useEffect(() => {
    setState(nothing);
    void ask();
    return () => {
      asking.current?.abort();
      asking.current = undefined;
    };
  }, [key, ask]);

  useEffect(() => {
    if (paused) return undefined;
    const again = (): void => {
      if (!document.hidden) void ask();
    };
    const timer = setInterval(again, everyMs);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [everyMs, paused, ask]);

  return { ...state, refresh: () => void ask() };
};
