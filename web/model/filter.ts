/** Filters of the list, in the order in which they are shown; the names are those of `GET /api/jobs`. */
export const filterNames = [
  'status',
  'attention',
  'endpoint',
  'code',
  'table',
  'message',
  'record',
  'held',
  'retried',
  'retrying',
  'minAttempts',
  'nextBefore',
  'from',
  'to',
  'correlationId',
  'operationId',
] as const;

export type FilterName = (typeof filterNames)[number];

/** What is looked for: all terms together. */
export type JobFilter = Readonly<Partial<Record<FilterName, string>>>;

const isFilterName = (name: string): name is FilterName => (filterNames as readonly string[]).includes(name);

/** Only the terms that are known and not empty, in their order, so that equal filters have equal addresses. */
const ordered = (terms: ReadonlyMap<string, string>): JobFilter =>
  Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = terms.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );

/** Reads the query of an address; what is unknown is left out: {@link unknownIn} has it. */
export const readFilter = (query: string): JobFilter => ordered(new Map(new URLSearchParams(query)));

/** Names in the query of an address that are no filters. */
export const unknownIn = (query: string): string[] =>
  [...new Set(new URLSearchParams(query).keys())].filter((name) => !isFilterName(name));

export const notAFilter = (name: string): string =>
  `"${name}" is not a filter; there are ${filterNames.join(', ')}.`;

/** The query of an address or of a request; empty without terms. */
export const formatFilter = (filter: JobFilter): string =>
  new URLSearchParams(ordered(new Map(Object.entries(filter)))).toString();

export const withTerm = (filter: JobFilter, name: FilterName, value: string): JobFilter =>
  ordered(new Map([...Object.entries(filter), [name, value]]));

export const withoutTerm = (filter: JobFilter, name: FilterName): JobFilter => withTerm(filter, name, '');

export const isEmptyFilter = (filter: JobFilter): boolean => Object.keys(filter).length === 0;

const words: Readonly<Record<FilterName, string>> = {
  status: 'Status',
  attention: 'Needs attention',
  endpoint: 'Endpoint',
  code: 'Error',
  table: 'Table',
  message: 'Message',
  record: 'Record',
  held: 'Held',
  retried: 'Retried',
  retrying: 'Retrying',
  minAttempts: 'Attempts at least',
  nextBefore: 'Next attempt before',
  from: 'From',
  to: 'To',
  correlationId: 'Correlation',
  operationId: 'Operation',
};

/** A term as a chip shows it; a flag needs no value. */
export interface Chip {
  readonly name: FilterName;
  readonly label: string;
  readonly value: string;
}

export const chipsOf = (filter: JobFilter): Chip[] =>
  filterNames.flatMap((name) => {
    const value = filter[name];
    if (value === undefined) return [];
    return [{ name, label: words[name], value: value === 'true' ? '' : value }];
  });

export type TermsRead =
  { readonly kind: 'read'; readonly filter: JobFilter } | { readonly kind: 'faulty'; readonly fault: string };

/** `name:value`, or `name:"with spaces"`; a flag's name alone means true. */
const term = /([A-Za-z]+)(?::(?:"([^"]*)"|(\S*)))?(?=\s|$)/y;

const flags: readonly string[] = ['attention', 'held', 'retried', 'retrying'];

const faultOf = (name: string, value: string | undefined): string | undefined => {
  if (!isFilterName(name)) return notAFilter(name);
  if (value === undefined && !flags.includes(name)) return `${name} needs a value, like ${name}:something.`;
  return undefined;
};

/** Reads what a person wrote: `status:Failed endpoint:orders held`. */
export const readTerms = (text: string): TermsRead => {
  const terms = new Map<string, string>();
  let rest = text.trim();
  while (rest !== '') {
    term.lastIndex = 0;
    const found = term.exec(rest);
    if (found === null) return { kind: 'faulty', fault: `"${rest}" is not of the form name:value.` };
    const [whole, written = '', quoted, plain] = found;
    const name = filterNames.find((each) => each.toLowerCase() === written.toLowerCase()) ?? written;
    const value = quoted ?? plain;
    const fault = faultOf(name, value);
    if (fault !== undefined) return { kind: 'faulty', fault };
    terms.set(name, value ?? 'true');
    rest = rest.slice(whole.length).trim();
  }
  return { kind: 'read', filter: ordered(terms) };
};

/** A filter as a person would write it; {@link readTerms} reads it back. */
export const writeTerms = (filter: JobFilter): string =>
  filterNames
    .flatMap((name) => {
      const value = filter[name];
      if (value === undefined) return [];
      if (flags.includes(name)) return [name];
      return [/[\s"]/.test(value) ? `${name}:"${value.replaceAll('"', '')}"` : `${name}:${value}`];
    })
    .join(' ');
