import fc from 'fast-check';

/** Numbers from a seed (mulberry32), so that a seed is a context. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const contractsNamespace = 'http://schemas.microsoft.com/xrm/2011/Contracts';

const pieces = [
  ...'abcXYZ 019'.split(''),
  ...['é', 'ß', '漢', '字', '漢字仮名', '😀', '\u0085', '\u2028', '\u007f', '\ufffd'],
  ...['<', '>', '&', "'", '/', '&amp;', ']]>', '{', '}'],
  ...['\\"', '\\\\', '\\/', '\\n', '\\r', '\\t', '\\b', '\\f', '\\u0000', '\\u0001', '\\u001f', '\\u00e9'],
  ...['\\ud83d\\ude00', '\\ud800', '\\udfff', '\\uFFFE', '\\uffff', '\\u003c', '\\u5b57'],
];

const numberTexts = [
  ...'0 1 -1 127 128 -128 -129 255 256 32767 32768 65536 2147483647 2147483648 -2147483648 -2147483649'.split(
    ' ',
  ),
  ...'9007199254740993 9223372036854775807 9223372036854775808 -9223372036854775808 -0 -0.0 0.0 0.00 1.0'.split(
    ' ',
  ),
  ...'1.0000000000 -0.5 10.01 2365.12 79228162514264337593543950335 79228162514264337593543950336'.split(' '),
  ...'1e2 1E-5 12.50e-3 1e28 1e29 1E+300 5E-324 1e400 1E-400 1e-30 0.1e1 123456789012345678901234567890.5'.split(
    ' ',
  ),
  ...'1.23456789012345678901234567890123 0.0000000000000000000000000001 99999999999999999999999999999'.split(
    ' ',
  ),
];

/** Writes one context from a seed. `size` bounds lists and nesting. */
class ContextText {
  private readonly number: () => number;
  private readonly size: number;

  constructor(seed: number, size: number) {
    this.number = numbersFrom(seed);
    this.size = size;
  }

  context(parents: number): string {
    const parameters = (): string =>
      this.pairs(() => this.any(3), ['Target', 'RelatedEntities', 'id', 'Ids']);
    return this.object({
      BusinessUnitId: this.guid(),
      CorrelationId: this.guid(),
      Depth: String(this.below(9)),
      InitiatingUserAgent: this.text(),
      InitiatingUserAzureActiveDirectoryObjectId: this.guid(),
      InitiatingUserId: this.guid(),
      InputParameters: parameters(),
      IsExecutingOffline: this.boolean(),
      IsInTransaction: this.boolean(),
      IsOfflinePlayback: this.boolean(),
      IsolationMode: String(this.below(3)),
      MessageName: this.text(),
      Mode: String(this.below(2)),
      OperationCreatedOn: `"\\/Date(${this.below(2 ** 40)}${this.below(2) === 0 ? '+0000' : ''})\\/"`,
      OperationId: this.guid(),
      OrganizationId: this.guid(),
      OrganizationName: this.text(),
      OutputParameters: parameters(),
      OwningExtension: this.orNull(() => this.reference()),
      ParentContext: parents > 0 && this.below(3) === 0 ? this.context(parents - 1) : 'null',
      PostEntityImages: this.pairs(() => this.entity(2), ['AsynchronousStepPrimaryName']),
      PreEntityImages: this.pairs(() => this.entity(1), ['Pre']),
      PrimaryEntityId: this.guid(),
      PrimaryEntityName: this.text(),
      RequestId: this.orNull(() => this.guid()),
      SecondaryEntityName: this.text(),
      SharedVariables: parameters(),
      Stage: String(this.below(50)),
      UserAzureActiveDirectoryObjectId: this.guid(),
      UserId: this.guid(),
    });
  }

  private below(bound: number): number {
    return Math.floor(this.number() * bound);
  }

  private one<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  private many(item: () => string, most = this.size): string {
    return `[${Array.from({ length: this.below(most + 1) }, item).join(',')}]`;
  }

  private orNull(value: () => string): string {
    return this.below(3) === 0 ? 'null' : value();
  }

  private boolean(): string {
    return this.one(['true', 'false']);
  }

  private guid(): string {
    const hex = (digits: number): string =>
      this.below(16 ** digits)
        .toString(16)
        .padStart(digits, '0');
    return `"${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(8)}${hex(4)}"`;
  }

  private text(): string {
    const length = this.one([0, 1, 2, 5, 12, 12, 30, 84, 85, 86, 130]);
    return `"${Array.from({ length }, () => this.one(pieces)).join('')}"`;
  }

  private date(): string {
    const offset = this.one(['', '', '+0000', '+0530', '-0700']);
    return `"\\/Date(${this.below(2 ** 44) - 2 ** 43}${offset})\\/"`;
  }

  private numberText(): string {
    const digits = `${this.below(2 ** 31)}`;
    return this.one([...numberTexts, digits, `-${digits}.${digits}`, `0.${digits}`]);
  }

  /** Members in any order: they are written by contract, not by position. */
  private object(members: Readonly<Record<string, string>>, type?: string): string {
    const texts = Object.entries(members).map(([name, value]) => `"${name}":${value}`);
    if (this.below(4) === 0) texts.reverse();
    const escaped = this.one([contractsNamespace, contractsNamespace.replaceAll('/', '\\/')]);
    return `{${[...(type === undefined ? [] : [`"__type":"${type}:${escaped}"`]), ...texts].join(',')}}`;
  }

  private pairs(value: () => string, names: readonly string[]): string {
    let index = 0;
    return this.many(() => {
      index += 1;
      const key =
        index <= names.length && this.below(2) === 0
          ? `"${names[index - 1]}"`
          : `"${index}${this.text().slice(1)}`;
      return `{"key":${key},"value":${this.orNull(value)}}`;
    });
  }

  private any(depth: number): string {
    const leaf = [
      () => this.text(),
      () => this.numberText(),
      () => this.boolean(),
      () => this.date(),
      () => this.guid(),
      () => this.object({ Value: String(this.below(2 ** 31)) }, 'OptionSetValue'),
      () => this.object({ Value: this.money() }, 'Money'),
      () => this.reference('EntityReference'),
      () => this.array(),
    ];
    const nested = [
      () => this.entity(depth - 1, 'Entity'),
      () => this.collection(depth - 1, 'EntityCollection'),
      () => this.aliased(depth - 1),
      () => this.relationship('Relationship'),
      () => this.query(),
      () => this.many(() => this.entity(depth - 1, 'Entity'), 2),
      () => this.label(),
    ];
    return this.one(depth > 0 && this.below(4) === 0 ? nested : leaf)();
  }

  private money(): string {
    return this.one(['0', '-1', '100.0000', '7.5', '2154.32', '1.0000000000', String(this.below(2 ** 31))]);
  }

  private array(): string {
    return this.one([
      () => this.many(() => this.one([this.text(), 'null'])),
      () => this.many(() => this.date()),
      () => this.many(() => this.boolean()),
      () => this.many(() => String(this.below(256))),
      () => this.many(() => String(this.below(2 ** 31) - 2 ** 30)),
      () => this.many(() => this.one(['1', '2.50', '-0.1', '5637144576', '1e3'])),
      () => this.many(() => this.guid()),
      () => this.many(() => this.object({ Value: String(this.below(9)) }, 'OptionSetValue')),
      () => this.many(() => this.reference('EntityReference')),
      () => this.dictionary(),
    ])();
  }

  private dictionary(): string {
    let index = 0;
    return this.many(() => {
      index += 1;
      const type = 'KeyValuePairOfstringstring:#System.Collections.Generic';
      return `{"__type":"${type}","key":"k${index}","value":${this.orNull(() => this.text())}}`;
    });
  }

  private reference(type?: string): string {
    const members = {
      Id: this.guid(),
      KeyAttributes: this.below(5) === 0 ? this.pairs(() => this.any(0), ['code']) : '[]',
      LogicalName: this.text(),
      Name: this.orNull(() => this.text()),
      RowVersion: this.orNull(() => `"${this.below(2 ** 31)}"`),
    };
    return this.object(members, type);
  }

  private entity(depth: number, type?: string): string {
    const id = this.guid();
    const members = {
      Attributes: this.pairs(() => (this.below(8) === 0 ? id : this.any(depth)), ['accountid', 'name', 'id']),
      EntityState: this.one(['null', '0', '1', '2']),
      FormattedValues: this.pairs(() => this.text(), ['name']),
      Id: id,
      KeyAttributes: this.below(5) === 0 ? this.pairs(() => this.any(0), ['code']) : '[]',
      LogicalName: this.text(),
      RelatedEntities: depth > 0 && this.below(5) === 0 ? this.related(depth - 1) : '[]',
      RowVersion: this.orNull(() => `"${this.below(2 ** 31)}"`),
    };
    return this.object(members, type);
  }

  private related(depth: number): string {
    return this.many(() => `{"key":${this.relationship()},"value":${this.collection(depth)}}`, 2);
  }

  private relationship(type?: string): string {
    return this.object({ PrimaryEntityRole: this.one(['null', '0', '1']), SchemaName: this.text() }, type);
  }

  private collection(depth: number, type?: string): string {
    const members = {
      Entities: this.many(() => this.entity(depth), 2),
      EntityName: this.text(),
      MinActiveRowVersion: this.orNull(() => '"-1"'),
      MoreRecords: this.boolean(),
      PagingCookie: this.orNull(() => this.text()),
      TotalRecordCount: String(this.below(99) - 1),
      TotalRecordCountLimitExceeded: this.boolean(),
    };
    return this.object(members, type);
  }

  private aliased(depth: number): string {
    const members = {
      AttributeLogicalName: this.text(),
      EntityLogicalName: this.text(),
      NeedFormatting: this.boolean(),
      ReturnType: String(this.below(20)),
      Value: this.orNull(() => this.any(depth)),
    };
    return this.object(members, 'AliasedValue');
  }

  private query(): string {
    const condition = (): string =>
      this.object({
        AttributeName: this.text(),
        CompareColumns: this.boolean(),
        Operator: String(this.below(14)),
        Values: this.many(() =>
          this.one([() => this.text(), () => this.numberText(), () => this.boolean()])(),
        ),
        EntityName: this.orNull(() => this.text()),
      });
    const filter = (): string =>
      this.object({
        Conditions: this.many(condition, 2),
        FilterOperator: String(this.below(2)),
        Filters: '[]',
      });
    const columns = (type?: string): string =>
      this.object(
        { AllColumns: this.boolean(), AttributeExpressions: '[]', Columns: this.many(() => this.text()) },
        type,
      );
    const page = this.object({
      Count: '10',
      PageNumber: '1',
      PagingCookie: 'null',
      ReturnTotalRecordCount: this.boolean(),
    });
    const order = (): string =>
      this.object({ Alias: 'null', AttributeName: this.text(), OrderType: String(this.below(2)) });
    const members = {
      ColumnSet: columns(),
      Criteria: filter(),
      Distinct: this.boolean(),
      EntityName: this.text(),
      LinkEntities: '[]',
      Orders: this.many(order, 2),
      PageInfo: page,
      NoLock: this.boolean(),
    };
    return this.below(2) === 0 ? columns('ColumnSet') : this.object(members, 'QueryExpression');
  }

  private label(): string {
    const localized = (): string =>
      this.object({ IsManaged: 'null', Label: this.text(), LanguageCode: String(this.below(2000)) });
    return this.object(
      { LocalizedLabels: this.many(localized, 2), UserLocalizedLabel: this.orNull(localized) },
      'Label',
    );
  }
}

/** What a generated context comes from, so that a failing one is told in two numbers and shrinks to a smaller size. */
export interface ContextSeed {
  readonly seed: number;
  readonly size: number;
}

/** The JSON of a context from a seed; `size` bounds its lists. */
export const randomContext = ({ seed, size }: ContextSeed): Buffer =>
  Buffer.from(new ContextText(seed, size).context(2), 'utf8');

/** Seeds of contexts of every shape that docs/formats.md speaks of. */
export const anyContext: fc.Arbitrary<ContextSeed> = fc.record({
  seed: fc.integer(),
  size: fc.integer({ min: 0, max: 4 }),
});

/** How many contexts a run generates: 10,000 unless FORMAT_CONTEXTS says otherwise. */
export const contextsPerRun = Number(process.env['FORMAT_CONTEXTS'] ?? 10_000);
