import type { BusServices } from '../amqp/busServices.ts';
import type { RequestNode } from '../amqp/requestLinks.ts';
import type { Grants } from '../auth/grants.ts';
import { claimMissing, entityNotFound } from '../broker/refusal.ts';
import type { Hub } from '../hubs/hub.ts';
import { noSuchPartition } from '../hubs/hubRefusal.ts';
import type { Partition } from '../hubs/partition.ts';
import {
  encodeArray,
  encodeBoolean,
  encodeInt,
  encodeLong,
  encodeMap,
  encodeString,
  encodeTimestamp,
} from '../wire/encode.ts';
import type { AmqpRequest } from '../wire/request.ts';
import { valueIn } from '../wire/request.ts';
import { cbsNames, type AmqpResponse } from '../wire/response.ts';
import { ok, refused } from './operation.ts';

const hubProperties = (hub: Hub): AmqpResponse => {
  const { name, partitions } = hub.settings;
  const ids = Array.from({ length: partitions }, (_, id) => encodeString(`${id}`));
  return ok(
    encodeMap([
      ...[encodeString('name'), encodeString(name)],
      ...[encodeString('type'), encodeString('com.microsoft:eventhub')],
      ...[encodeString('created_at'), encodeTimestamp(hub.createdAtMs)],
      ...[encodeString('partition_count'), encodeInt(partitions)],
      ...[encodeString('partition_ids'), encodeArray(ids)],
    ]),
  );
};

const partitionProperties = (hub: Hub, partition: Partition): AmqpResponse => {
  const { firstSequenceNumber, lastSequenceNumber, lastOffset, lastEnqueuedAtMs, isEmpty } =
    partition.properties();
  return ok(
    encodeMap([
      ...[encodeString('name'), encodeString(hub.settings.name)],
      ...[encodeString('type'), encodeString('com.microsoft:partition')],
      ...[encodeString('partition'), encodeString(`${partition.id}`)],
      ...[encodeString('begin_sequence_number'), encodeLong(firstSequenceNumber)],
      ...[encodeString('last_enqueued_sequence_number'), encodeLong(lastSequenceNumber)],
      ...[encodeString('last_enqueued_offset'), encodeString(lastOffset)],
      ...[encodeString('last_enqueued_time_utc'), encodeTimestamp(lastEnqueuedAtMs)],
      ...[encodeString('is_partition_empty'), encodeBoolean(isEmpty)],
    ]),
  );
};

const textOf = ({ properties }: AmqpRequest, name: string): string => {
  const value = valueIn(properties, name);
  return typeof value === 'string' ? value : '';
};

const answer = (hub: Hub, request: AmqpRequest): AmqpResponse => {
  const isRead = textOf(request, 'operation') === 'READ';
  const type = textOf(request, 'type');
  if (isRead && type === 'com.microsoft:eventhub') return hubProperties(hub);
  if (!isRead || type !== 'com.microsoft:partition') {
    return refused({ condition: 'amqp:not-implemented', description: 'There is no such operation here.' });
  }
  const id = textOf(request, 'partition');
  const partition = hub.partition(id);
  return partition === undefined
    ? refused(noSuchPartition(id, hub.settings.partitions, hub.settings.name))
    : partitionProperties(hub, partition);
};

/**
 * `$management`: what there is to know of the hub that a request names, and of its partitions (Event Hubs clients,
 * operation `READ`). Any token for that hub will do.
 */
export const createHubManagement = ({ broker, uriOf }: BusServices, grants: Grants): RequestNode => ({
  place: 'management',
  entityOf: (request) => textOf(request, 'name'),
  // Event Hubs writes the names of its answers as `$cbs` does.
  names: cbsNames,
  answer: async (request) => {
    const name = textOf(request, 'name');
    if (!grants.any(name.toLowerCase())) return refused(claimMissing('Listen', uriOf(name)));
    const hub = broker.hubs.find(name);
    return hub === undefined ? refused(entityNotFound(uriOf(name))) : answer(hub, request);
  },
});
