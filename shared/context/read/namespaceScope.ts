import { ContextError } from '../contextError.ts';
import { maxElementDepth } from '../limits.ts';

/** Which namespace each prefix means in the open elements, and how many elements are open. */
export class NamespaceScope {
  private readonly prefixes: string[] = [];
  private readonly uris: string[] = [];
  private readonly marks: number[] = [];

  get depth(): number {
    return this.marks.length;
  }

  /** Throws `TooDeep` beyond the bound of limits.ts. */
  open(): void {
    if (this.marks.length === maxElementDepth) {
      throw new ContextError('TooDeep', '', `has elements nested deeper than ${maxElementDepth} levels`);
    }
    this.marks.push(this.prefixes.length);
  }

  declare(prefix: string, uri: string): void {
    this.prefixes.push(prefix);
    this.uris.push(uri);
  }

  close(): void {
    const mark = this.marks.pop() ?? 0;
    this.prefixes.length = mark;
    this.uris.length = mark;
  }

  /** The namespace of a prefix; undefined when no open element declares it. The empty prefix is the default's. */
  uriOf(prefix: string): string | undefined {
    for (let index = this.prefixes.length - 1; index >= 0; index -= 1) {
      if (this.prefixes[index] === prefix) return this.uris[index];
    }
    return prefix === '' ? '' : undefined;
  }
}

/** Prefix and local name of a name. */
export const splitName = (name: string): readonly [prefix: string, local: string] => {
  const colon = name.indexOf(':');
  return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
};
