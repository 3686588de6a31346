import type { HistoryEvent } from './events.ts';
import { eventTypeNumbers, toWire } from './wire.ts';

/** An event as `showHistory` shows it. */
type Shown = Record<string, unknown>;

interface ViewOptions {
  readonly showOutput: boolean;
  readonly showInput: boolean;
}

interface Scheduled {
  readonly index: number;
  readonly name: unknown;
  readonly time: string;
  readonly input: unknown;
}

const typeNames = new Map<number, string>(
  Object.entries(eventTypeNumbers).map(([name, number]) => [number, name]),
);

/** What goes wrong in the real host, too: it answers 400 with this text. */
export class DuplicateEvent extends Error {}

/** Json.NET writes a parsed date with its offset. */
const withOffset = (time: unknown): string => String(time).replace(/Z$/, '+00:00');

const parsed = (text: unknown): unknown => {
  if (typeof text !== 'string') return text ?? null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const scheduledKey = (type: string, id: unknown): string => `${type}_${String(id)}`;

const track = (scheduled: Map<string, Scheduled>, item: Shown, index: number): void => {
  const key = scheduledKey(String(item['EventType']), item['EventId']);
  if (scheduled.has(key)) {
    throw new DuplicateEvent(`An item with the same key has already been added. Key: ${key}`);
  }
  scheduled.set(key, {
    index,
    name: item['Name'],
    time: withOffset(item['Timestamp']),
    input: item['Input'] ?? null,
  });
};

/** A finished task takes over what its scheduling event knew; that event is then not shown. */
const mergeScheduled = (
  scheduled: Map<string, Scheduled>,
  hidden: Set<number>,
  item: Shown,
  type: string,
  { showInput }: ViewOptions,
): void => {
  const found = scheduled.get(scheduledKey(type, item['TaskScheduledId']));
  if (found === undefined) return;
  item['ScheduledTime'] = found.time;
  item['FunctionName'] = found.name;
  if (showInput) item['Input'] = found.input;
  hidden.add(found.index);
};

const startMembersHidden = ['Name', 'OrchestrationInstance', 'ParentInstance', 'Version', 'Tags'];

/** The members that are not shown, by type of event. */
const hiddenMembers = (item: Shown): readonly string[] => {
  switch (item['EventType']) {
    case 'ExecutionStarted':
      return startMembersHidden;
    case 'TimerFired':
      return ['TimerId'];
    case 'TaskScheduled':
    case 'SubOrchestrationInstanceCreated':
      return ['Version'];
    default:
      return ['TaskScheduledId'];
  }
};

const prepare = (
  scheduled: Map<string, Scheduled>,
  hidden: Set<number>,
  item: Shown,
  index: number,
  options: ViewOptions,
): void => {
  switch (item['EventType']) {
    case 'TaskScheduled':
    case 'SubOrchestrationInstanceCreated':
      track(scheduled, item, index);
      break;
    case 'TaskCompleted':
    case 'TaskFailed':
      mergeScheduled(scheduled, hidden, item, 'TaskScheduled', options);
      break;
    case 'SubOrchestrationInstanceCompleted':
    case 'SubOrchestrationInstanceFailed':
      mergeScheduled(scheduled, hidden, item, 'SubOrchestrationInstanceCreated', options);
      break;
    case 'ExecutionStarted':
      item['FunctionName'] = item['Name'];
      break;
    case 'OrchestratorStarted':
    case 'OrchestratorCompleted':
      hidden.add(index);
      break;
    default:
      break;
  }
};

const isOutput = (item: Shown): boolean =>
  String(item['EventType']).endsWith('Completed') && 'Result' in item;

const finishItem = (item: Shown, { showInput, showOutput }: ViewOptions): Shown => {
  const dropped = new Set(['EventId', 'IsPlayed', ...hiddenMembers(item)]);
  if (!showInput) dropped.add('Input');
  if (isOutput(item)) {
    if (showOutput) item['Result'] = parsed(item['Result']);
    else dropped.add('Result');
  }
  return Object.fromEntries(Object.entries(item).filter(([name]) => !dropped.has(name)));
};

/**
 * A history for a person. Source: the extension's `DurableClient.GetDurableOrchestrationStatusAsync`.
 *
 * @throws DuplicateEvent when two tasks have one number, as after a non-deterministic replay.
 */
export const showHistory = (history: readonly HistoryEvent[], options: ViewOptions): Shown[] => {
  const scheduled = new Map<string, Scheduled>();
  const hidden = new Set<number>();
  const items = history.map((event, index) => {
    const item = JSON.parse(toWire(event)) as Shown;
    item['EventType'] = typeNames.get(Number(item['EventType'])) ?? item['EventType'];
    prepare(scheduled, hidden, item, index, options);
    return finishItem(item, options);
  });
  return items.filter((_, index) => !hidden.has(index));
};
