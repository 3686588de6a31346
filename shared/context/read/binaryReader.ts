import { instanceNamespace } from '../contracts/namespaces.ts';
import { endElement, records } from '../write/records.ts';
import { ByteSource } from './byteSource.ts';
import type { ElementReader } from './elementReader.ts';
import { NamespaceScope, splitName } from './namespaceScope.ts';
import { readTextRecord, sizeOfItem } from './textRecord.ts';

const comment = 0x02;
const shortElement = 0x40;
const element = 0x41;
const firstPrefixElement = 0x5e;
const lastPrefixElement = 0x77;

/** Attribute records. Others, from 0x06 on and in between, need a dictionary that a message never has. */
const attributes = {
  short: 0x04,
  full: 0x05,
  shortXmlns: 0x08,
  xmlns: 0x09,
  firstPrefix: 0x26,
  lastPrefix: 0x3f,
};

const isAttribute = (record: number): boolean =>
  (record >= attributes.short && record < 0x40) || record === attributes.full;

const letter = (offset: number): string => String.fromCharCode(0x61 + offset);

/** Items of an array record that are still to come. */
interface Items {
  readonly name: string;
  readonly record: number;
  left: number;
}

/** Reads .NET binary XML ([MC-NBFX]) without dictionaries. Every length is checked against what is left. */
export class BinaryReader implements ElementReader {
  name = '';
  isNil = false;
  type = '';
  typeNamespace = '';
  private readonly source: ByteSource;
  private readonly scope = new NamespaceScope();
  private items: Items | undefined;
  private isItem = false;
  /** The last text record also ended its element. */
  private isEnded = false;

  constructor(bytes: Uint8Array) {
    this.source = new ByteSource(bytes);
  }

  enter(): boolean {
    if (this.items !== undefined && !this.isItem && this.items.left > 0) return this.enterItem(this.items);
    this.items = undefined;
    const record = this.recordAfterComments();
    if (record === endElement) {
      this.scope.close();
      return false;
    }
    if (record === records.array) return this.enterArray();
    this.start(record);
    return true;
  }

  text(): string {
    if (this.isItem) return this.itemText();
    let text = '';
    this.isEnded = false;
    while (!this.isEnded) {
      const record = this.recordAfterComments();
      if (record === endElement) break;
      text += readTextRecord(this.source, record & ~1);
      this.isEnded = (record & 1) === 1;
    }
    this.scope.close();
    return text;
  }

  skip(): void {
    if (this.isItem) {
      this.itemText();
      return;
    }
    const depth = this.scope.depth;
    while (this.scope.depth >= depth) this.skipRecord();
  }

  end(): void {
    if (!this.source.isAtEnd) this.source.fail('has bytes after its end');
  }

  private skipRecord(): void {
    const record = this.source.peek();
    if (record >= records.zero) {
      readTextRecord(this.source, this.source.byte() & ~1);
      if ((record & 1) === 1) this.scope.close();
    } else if (this.enter() && this.isItem) this.itemText();
  }

  private recordAfterComments(): number {
    let record = this.source.byte();
    for (; record === comment; record = this.source.byte()) this.source.skipText();
    return record;
  }

  private start(record: number): void {
    this.scope.open();
    const name = this.elementName(record);
    this.describe(name);
  }

  private elementName(record: number): string {
    if (record === shortElement) return this.source.name();
    if (record === element) return `${this.source.name()}:${this.source.name()}`;
    if (record >= firstPrefixElement && record <= lastPrefixElement) {
      return `${letter(record - firstPrefixElement)}:${this.source.name()}`;
    }
    return this.source.fail(`has a record 0x${record.toString(16)} where an element must be`);
  }

  private describe(name: string): void {
    this.isNil = false;
    this.type = '';
    this.typeNamespace = '';
    const found: (readonly [name: string, value: string])[] = [];
    while (isAttribute(this.source.peek())) this.attribute(this.source.byte(), found);
    const [prefix, local] = splitName(name);
    this.uriOf(prefix);
    this.name = local;
    for (const [attribute, value] of found) this.describeBy(attribute, value);
  }

  private describeBy(attribute: string, value: string): void {
    const [prefix, local] = splitName(attribute);
    if (prefix === '' || this.uriOf(prefix) !== instanceNamespace) return;
    if (local === 'nil') this.isNil = value === 'true' || value === '1';
    if (local !== 'type') return;
    const [typePrefix, type] = splitName(value);
    this.type = type;
    this.typeNamespace = this.uriOf(typePrefix);
  }

  private uriOf(prefix: string): string {
    return this.scope.uriOf(prefix) ?? this.source.fail(`has a prefix that is not declared (${prefix})`);
  }

  private attribute(record: number, found: (readonly [string, string])[]): void {
    if (record === attributes.shortXmlns) this.scope.declare('', this.source.name());
    else if (record === attributes.xmlns) this.scope.declare(this.source.name(), this.source.name());
    else found.push([this.attributeName(record), readTextRecord(this.source, this.source.byte())]);
  }

  private attributeName(record: number): string {
    if (record === attributes.short) return this.source.name();
    if (record === attributes.full) return `${this.source.name()}:${this.source.name()}`;
    if (record >= attributes.firstPrefix && record <= attributes.lastPrefix) {
      return `${letter(record - attributes.firstPrefix)}:${this.source.name()}`;
    }
    return this.source.fail(`has a record 0x${record.toString(16)} that needs a dictionary`);
  }

  /** An array record: the item's element, its end, the type of the values, their number. */
  private enterArray(): boolean {
    this.start(this.recordAfterComments());
    if (this.source.byte() !== endElement) this.source.fail('has an array whose element is not empty');
    this.scope.close();
    const record = this.source.byte() & ~1;
    const count = this.source.count();
    this.source.need(count * sizeOfItem(this.source, record));
    this.items = { name: this.name, record, left: count };
    return this.enter();
  }

  private enterItem(items: Items): boolean {
    items.left -= 1;
    this.isItem = true;
    this.isNil = false;
    this.type = '';
    this.name = items.name;
    return true;
  }

  private itemText(): string {
    this.isItem = false;
    return readTextRecord(this.source, this.items?.record ?? 0);
  }
}
