import type { Chaos } from './chaos.ts';

/** Holds messages back for as long as the chaos configuration says, as a hub that polls its queues does. */
export interface Latency {
  /** Messages that wait. */
  readonly held: number;
  pass(go: () => void): void;
}

export const createLatency = (chaos: Chaos): Latency => {
  let held = 0;
  return {
    get held() {
      return held;
    },
    pass: (go) => {
      const { latencyMs = 0 } = chaos.config;
      if (latencyMs <= 0) {
        go();
        return;
      }
      held += 1;
      setTimeout(() => {
        held -= 1;
        go();
      }, latencyMs);
    },
  };
};
