/** Something due at a time of the engine's clock. */
export interface Due {
  readonly dueMs: number;
  readonly id: string;
  readonly executionId: string;
  readonly timerId: number;
}

/** A binary heap, earliest first. Entries that no longer matter are dropped when they come up. */
export interface TimerQueue {
  add(due: Due): void;
  peek(): Due | undefined;
  take(): Due | undefined;
}

export const timerQueue = (): TimerQueue => {
  const heap: Due[] = [];
  const at = (index: number): Due => heap[index] as Due;
  const isBefore = (left: number, right: number): boolean => at(left).dueMs < at(right).dueMs;
  const swap = (left: number, right: number): void => {
    [heap[left], heap[right]] = [at(right), at(left)];
  };
  const rise = (start: number): void => {
    for (let index = start; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!isBefore(index, parent)) return;
      swap(index, parent);
      index = parent;
    }
  };
  const earlierChild = (index: number): number => {
    const left = 2 * index + 1;
    return left + 1 < heap.length && isBefore(left + 1, left) ? left + 1 : left;
  };
  const sink = (): void => {
    for (let index = 0; 2 * index + 1 < heap.length;) {
      const child = earlierChild(index);
      if (!isBefore(child, index)) return;
      swap(index, child);
      index = child;
    }
  };
  return {
    add: (due) => rise(heap.push(due) - 1),
    peek: () => heap[0],
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
};
