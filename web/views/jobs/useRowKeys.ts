import { useKeys } from '../../state/useKeys.ts';

const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('table.jobs .row-link')];

/** The row with the focus, whatever in it has it. */
const currentId = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('tr[data-id]')?.dataset['id'];

const move = (by: number): void => {
  const all = links();
  const row = document.activeElement?.closest('tr[data-id]') ?? null;
  const at = row === null ? -1 : all.findIndex((link) => row.contains(link));
  const to = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by));
  all[to]?.focus();
};

interface RowKeys {
  readonly select: (id: string, range: boolean) => void;
  readonly clear: () => void;
  /** @param id of the row with the focus. */
  readonly retry: (id: string | undefined) => void;
}

/** The list by keyboard: J, K, arrows, X, R, Escape. Enter is the link's own. */
export const useRowKeys = ({ select, clear, retry }: RowKeys): void => {
  const next = (): void => move(1);
  const previous = (): void => move(-1);
  useKeys({
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    x: ({ shiftKey }) => {
      const id = currentId();
      if (id !== undefined) select(id, shiftKey);
    },
    r: () => retry(currentId()),
    Escape: clear,
  });
};
