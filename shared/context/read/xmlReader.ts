import { ContextError } from '../contextError.ts';
import { instanceNamespace } from '../contracts/namespaces.ts';
import type { ElementReader } from './elementReader.ts';
import { NamespaceScope, splitName } from './namespaceScope.ts';

const blank = /[ \t\r\n]*/y;
const nameForm = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const attributeForm =
  /[ \t\r\n]+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const declarationForm = /^\ufeff?(?:<\?xml [^?]*\?>)?/;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads the XML that DataContractSerializer writes: elements, attributes, text, entities by name and number, also those
 * of control characters, which XML 1.0 forbids and .NET writes. No document type, so no entities of a document's own
 * and nothing to expand or fetch; no comments, CDATA sections or processing instructions.
 */
export class XmlReader implements ElementReader {
  name = '';
  isNil = false;
  type = '';
  typeNamespace = '';
  private readonly source: string;
  private readonly scope = new NamespaceScope();
  private readonly open: string[] = [];
  private at: number;
  private isEmpty = false;

  constructor(source: string) {
    this.source = source;
    this.at = declarationForm.exec(source)?.[0].length ?? 0;
  }

  enter(): boolean {
    if (this.isEmpty) {
      this.leave();
      return false;
    }
    this.take(blank);
    if (this.source.startsWith('</', this.at)) {
      this.endTag();
      return false;
    }
    if (this.source[this.at] !== '<') this.fail('has text between elements');
    this.startTag();
    return true;
  }

  text(): string {
    if (this.isEmpty) {
      this.leave();
      return '';
    }
    const end = this.source.indexOf('<', this.at);
    if (end === -1) this.fail('ends inside an element');
    const raw = this.source.slice(this.at, end);
    this.at = end;
    this.endTag();
    return this.unescape(raw);
  }

  skip(): void {
    for (const depth = this.scope.depth; this.scope.depth >= depth;) {
      if (!this.isEmpty) this.at = this.source.indexOf('<', this.at);
      if (this.at === -1) this.fail('ends inside an element');
      this.enter();
    }
  }

  end(): void {
    this.take(blank);
    if (this.at !== this.source.length) this.fail('has text after its end');
  }

  private startTag(): void {
    this.at += 1;
    const tag = this.take(nameForm);
    if (tag === '') this.fail('has something that is not an element');
    this.scope.open();
    this.open.push(tag);
    const attributes = this.attributes();
    this.take(blank);
    this.isEmpty = this.source.startsWith('/>', this.at);
    if (!this.isEmpty && this.source[this.at] !== '>') this.fail(`has a broken start tag <${tag}>`);
    this.at += this.isEmpty ? 2 : 1;
    this.describe(tag, attributes);
  }

  /** Attributes that are not declarations, which the scope takes. */
  private attributes(): (readonly [name: string, value: string])[] {
    const found: (readonly [string, string])[] = [];
    for (;;) {
      attributeForm.lastIndex = this.at;
      const match = attributeForm.exec(this.source);
      if (match === null) return found;
      const [all, name = '', quoted, apostrophed] = match;
      this.at += all.length;
      const value = this.unescape(quoted ?? apostrophed ?? '');
      if (name === 'xmlns') this.scope.declare('', value);
      else if (name.startsWith('xmlns:')) this.scope.declare(name.slice(6), value);
      else found.push([name, value]);
    }
  }

  private describe(tag: string, attributes: readonly (readonly [string, string])[]): void {
    const [prefix, local] = splitName(tag);
    if (this.scope.uriOf(prefix) === undefined) this.fail(`has a prefix that is not declared (${prefix})`);
    this.name = local;
    this.isNil = false;
    this.type = '';
    this.typeNamespace = '';
    for (const [name, value] of attributes) {
      const [attributePrefix, attribute] = splitName(name);
      if (attributePrefix === '' || this.scope.uriOf(attributePrefix) !== instanceNamespace) continue;
      if (attribute === 'nil') this.isNil = value === 'true' || value === '1';
      if (attribute === 'type') this.describeType(value);
    }
  }

  private describeType(value: string): void {
    const [prefix, local] = splitName(value);
    this.type = local;
    this.typeNamespace =
      this.scope.uriOf(prefix) ?? this.fail(`has a prefix that is not declared (${prefix})`);
  }

  private endTag(): void {
    const tag = this.open.at(-1);
    if (tag === undefined || !this.source.startsWith(`</${tag}`, this.at))
      this.fail('has end tags in wrong order');
    else this.at += tag.length + 2;
    this.take(blank);
    if (this.source[this.at] !== '>') this.fail('has a broken end tag');
    this.at += 1;
    this.leave();
  }

  private leave(): void {
    this.isEmpty = false;
    this.open.pop();
    this.scope.close();
  }

  private take(form: RegExp): string {
    form.lastIndex = this.at;
    const text = form.exec(this.source)?.[0] ?? '';
    this.at += text.length;
    return text;
  }

  private unescape(raw: string): string {
    const text = raw.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    if (!text.includes('&')) return text;
    return text.replace(/&([^;&]*);?/g, (all, entity: string) =>
      all.endsWith(';') ? this.entity(entity) : this.fail('has an & that begins no entity'),
    );
  }

  private entity(entity: string): string {
    const number = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(entity);
    if (number === null) return entities[entity] ?? this.fail(`has an unknown entity (&${entity};)`);
    const point = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
    return point > 0x10ffff ? this.fail('has an entity beyond Unicode') : String.fromCodePoint(point);
  }

  private fail(detail: string): never {
    throw new ContextError('NotXml', '', `${detail} (character ${this.at})`);
  }
}
