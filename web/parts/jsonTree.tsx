import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { exactNumber } from '../model/exactJson.ts';
import { Button } from './button.tsx';

/** Members shown of one collection until more are asked for. */
const pageSize = 100;

type Member = readonly [name: string, value: unknown];

/** A list of key and value, as contexts have them, is read by its keys. */
const isKeyed = (value: readonly unknown[]): value is readonly { key: string; value: unknown }[] =>
  value.length > 0 &&
  value.every(
    (each) =>
      typeof each === 'object' &&
      each !== null &&
      'key' in each &&
      typeof each.key === 'string' &&
      'value' in each,
  );

const membersOf = (value: object): readonly Member[] => {
  if (!Array.isArray(value)) return Object.entries(value);
  const list: readonly unknown[] = value;
  return isKeyed(list)
    ? list.map((each): Member => [each.key, each.value])
    : list.map((each, index): Member => [String(index), each]);
};

const kindOf = (value: object): string => {
  const { length } = membersOf(value);
  const count = `${length} ${length === 1 ? 'member' : 'members'}`;
  const type = (value as { __type?: unknown }).__type;
  return typeof type === 'string' ? `${type.split(':')[0] ?? ''}, ${count}` : count;
};

const Leaf = ({ name, value }: { name: string; value: unknown }): JSX.Element => (
  <li class="leaf">
    <span class="member">{name}</span>{' '}
    <span class={`value ${value === null ? 'null' : typeof value}`}>
      {typeof value === 'string' ? value : (exactNumber(value) ?? JSON.stringify(value))}
    </span>
  </li>
);

const Members = ({ value, depth }: { value: object; depth: number }): JSX.Element => {
  const [most, setMost] = useState(pageSize);
  const members = membersOf(value);
  return (
    <ul>
      {members.slice(0, most).map(([name, member], index) => (
        <Node key={index} name={name} value={member} depth={depth + 1} />
      ))}
      {members.length <= most ? null : (
        <li>
          <Button size="small" appearance="subtle" onClick={() => setMost(most + pageSize)}>
            {`${members.length - most} more`}
          </Button>
        </li>
      )}
    </ul>
  );
};

/** What is closed is not in the document, so that a large context opens at once. */
const Branch = ({ name, value, depth }: { name: string; value: object; depth: number }): JSX.Element => {
  const [open, setOpen] = useState(depth < 1);
  return (
    <li>
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class="member">{name}</span> <span class="kind">{kindOf(value)}</span>
        </summary>
        {open ? <Members value={value} depth={depth} /> : null}
      </details>
    </li>
  );
};

const isBranch = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  exactNumber(value) === undefined &&
  membersOf(value).length > 0;

const Node = ({ name, value, depth }: { name: string; value: unknown; depth: number }): JSX.Element =>
  isBranch(value) ? <Branch name={name} value={value} depth={depth} /> : <Leaf name={name} value={value} />;

/** Any JSON value as a tree that opens by a click or the Enter key. */
export const JsonTree = ({ value, label }: { value: unknown; label: string }): JSX.Element => (
  <ul class="tree">
    <Node name={label} value={value} depth={0} />
  </ul>
);
