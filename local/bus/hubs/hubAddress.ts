/** What an address below an event hub stands for (AMQP protocol guide of Event Hubs). */
export interface HubAddress {
  readonly hub: string;
  /** Receivers name one. */
  readonly consumerGroup: string | undefined;
  readonly partition: string | undefined;
}

const pattern = /^([^/]+)(?:\/consumergroups\/([^/]+))?(?:\/partitions\/([^/]+))?$/i;

/** `hub`, `hub/Partitions/0` or `hub/ConsumerGroups/group/Partitions/0`; undefined for anything else. */
export const hubAddressOf = (path: string): HubAddress | undefined => {
  const [, hub, consumerGroup, partition] = pattern.exec(path) ?? [];
  return hub === undefined ? undefined : { hub, consumerGroup, partition };
};
