import type { NamespaceChange } from '../broker/namespace.ts';
import { isHubChange } from '../hubs/hubChange.ts';
import { fromLine, toLine, type Line } from './changeCodec.ts';
import { fromHubLine, isHubLine, toHubLine, type HubLine } from './hubCodec.ts';

export type NamespaceLine = Line | HubLine;

export const toNamespaceLine = (change: NamespaceChange): NamespaceLine =>
  isHubChange(change) ? toHubLine(change) : toLine(change);

export const fromNamespaceLine = (line: NamespaceLine): NamespaceChange =>
  isHubLine(line) ? fromHubLine(line) : fromLine(line);
