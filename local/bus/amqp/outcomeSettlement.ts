import type { Settlement } from '../broker/settle.ts';
import { noChanges, type PropertyChanges } from '../wire/applicationProperties.ts';
import { encodeTyped, type RheaOutcome, type RheaTyped } from './rhea.ts';

/**
 * What the outcomes of a receiver mean to Service Bus (AMQP protocol guide of Service Bus): accepted completes,
 * rejected dead-letters, released abandons; modified defers when it says `undeliverable-here`, and abandons else.
 */
export type OutcomeName = 'accepted' | 'rejected' | 'released' | 'modified';

const isTyped = (value: unknown): value is RheaTyped =>
  typeof value === 'object' && value !== null && 'value' in value;

const itemsOf = (value: RheaTyped | undefined): readonly unknown[] =>
  value !== undefined && Array.isArray(value.value) ? (value.value as unknown[]) : [];

const textOf = (value: unknown): string | undefined =>
  isTyped(value) && typeof value.value === 'string' ? value.value : undefined;

/** Keys and encoded values of a map; nulls are left out. */
const changesIn = (map: RheaTyped | undefined): Map<string, Buffer> => {
  const changes = new Map<string, Buffer>();
  const items = itemsOf(map);
  for (let index = 0; index + 1 < items.length; index += 2) {
    const [name, value] = [textOf(items[index]), items[index + 1]];
    if (name !== undefined && isTyped(value) && value.value !== null) changes.set(name, encodeTyped(value));
  }
  return changes;
};

const without = (changes: PropertyChanges, ...names: readonly string[]): PropertyChanges =>
  new Map([...changes].filter(([name]) => !names.includes(name)));

/** The condition with which clients of Service Bus dead-letter on purpose. */
const deadLetterCondition = 'com.microsoft:dead-letter';

/** Reason and description travel in the error's info; a foreign error becomes the reason itself. */
const deadLetterBy = (error: RheaTyped | undefined): Settlement => {
  const [condition, description, info] = itemsOf(error);
  const changes = changesIn(isTyped(info) ? info : undefined);
  const infoItems = itemsOf(isTyped(info) ? info : undefined);
  const inInfo = (name: string): string | undefined =>
    textOf(infoItems[infoItems.findIndex((item) => textOf(item) === name) + 1]);
  const own = textOf(condition) === deadLetterCondition || condition === undefined;
  return {
    kind: 'deadLetter',
    reason: changes.has('DeadLetterReason')
      ? inInfo('DeadLetterReason')
      : own
        ? undefined
        : textOf(condition),
    description: changes.has('DeadLetterErrorDescription')
      ? inInfo('DeadLetterErrorDescription')
      : own
        ? undefined
        : textOf(description),
    changes: without(changes, 'DeadLetterReason', 'DeadLetterErrorDescription'),
  };
};

export const settlementOf = (name: OutcomeName, outcome: RheaOutcome | undefined): Settlement => {
  switch (name) {
    case 'accepted':
      return { kind: 'complete' };
    case 'released':
      return { kind: 'abandon', changes: noChanges };
    case 'rejected':
      return deadLetterBy(outcome?.value[0]);
    case 'modified': {
      const [, undeliverableHere, annotations] = outcome?.value ?? [];
      const kind = undeliverableHere?.value === true ? 'defer' : 'abandon';
      return { kind, changes: changesIn(annotations) };
    }
  }
};
