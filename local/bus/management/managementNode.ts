import type { Grants } from '../auth/grants.ts';
import type { RequestNode } from '../amqp/requestLinks.ts';
import type { QueueAddress } from '../broker/address.ts';
import type { Entity } from '../broker/entity.ts';
import { claimMissing, noReceivingFromTopics } from '../broker/refusal.ts';
import { readMap, valueIn } from '../wire/request.ts';
import { managementNames } from '../wire/response.ts';
import { refused } from './operation.ts';
import { operationNamed } from './operations.ts';

export interface ManagementOptions {
  readonly entity: Entity;
  readonly address: QueueAddress;
  /** Path of the queue or sub-queue, as grants name it. */
  readonly path: string;
  /** URI of the entity, for error texts. */
  readonly uri: string;
  readonly grants: Grants;
}

/** `<queue>/$management` or `<queue>/$DeadLetterQueue/$management`. */
export const createManagementNode = (options: ManagementOptions): RequestNode => {
  const { entity, address, path, uri, grants } = options;
  return {
    place: 'management',
    entityOf: () => entity.settings.name,
    names: managementNames,
    answer: async ({ properties, body }) => {
      const name = valueIn(properties, 'operation');
      const operation = typeof name === 'string' ? operationNamed(name) : undefined;
      if (operation === undefined) {
        return refused({
          condition: 'amqp:not-implemented',
          description: `There is no such operation here.`,
        });
      }
      if (!grants.allow(path, operation.right)) return refused(claimMissing(operation.right, uri));
      if (body === undefined) throw new Error('its body is no amqp-value.');
      const call = { entity, body: readMap(body, 0) };
      if (operation.right === 'Send') return operation.run(call);
      const receivable = entity.receivable?.[address.lane];
      if (receivable === undefined) return refused(noReceivingFromTopics());
      return operation.run({ ...call, receivable });
    },
  };
};
