/** A listener, as far as choosing one needs it. */
export interface Listening {
  /** Requests it has not answered yet. */
  readonly waiting: number;
  close(code: number, reason: string): void;
}

/** Who listens on one relay. */
export interface Listeners<Channel extends Listening> {
  readonly count: number;
  add(channel: Channel): void;
  delete(channel: Channel): void;
  /**
   * One of those with the least to do, at random: the service balances in random order and tries to be fair ("Listen
   * message"). Undefined when nobody listens.
   */
  pick(): Channel | undefined;
  closeAll(code: number, reason: string): void;
}

export const createListeners = <Channel extends Listening>(): Listeners<Channel> => {
  const channels = new Set<Channel>();
  return {
    get count() {
      return channels.size;
    },
    add: (channel) => void channels.add(channel),
    delete: (channel) => void channels.delete(channel),
    pick: () => {
      const least = Math.min(...[...channels].map(({ waiting }) => waiting));
      const idle = [...channels].filter(({ waiting }) => waiting === least);
      return idle[Math.floor(Math.random() * idle.length)];
    },
    closeAll: (code, reason) => {
      for (const channel of channels) channel.close(code, reason);
    },
  };
};
