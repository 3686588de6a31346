import type { RheaDelivery, RheaSender } from './rhea.ts';

/**
 * Deliveries handed to rhea that it has not written yet. rhea takes a link's credit down when it writes, at the end
 * of the turn: whoever looks at the credit alone sends too many.
 */
export interface Unsent {
  add(delivery: RheaDelivery): void;
  count(): number;
}

export const countUnsent = (sender: RheaSender): Unsent => {
  let ids: number[] = [];
  return {
    add: ({ id }) => void ids.push(id),
    count: () => {
      const next = sender.session.outgoing.next_pending_delivery;
      const last = ids.at(-1);
      if (last === undefined || last < next) ids = [];
      else if ((ids[0] ?? next) < next) ids = ids.filter((id) => id >= next);
      return ids.length;
    },
  };
};
