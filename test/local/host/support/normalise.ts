/**
 * Makes what two runs show comparable: times, ids of executions, addresses, .NET stacks and exceptions, the words of
 * .NET parsers, the list of known orchestrators and how early a timer fired are replaced; nothing else.
 */
const rules: readonly [RegExp, string][] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g, '<time>'],
  [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, '<date>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>'],
  [/[0-9a-f]{32}/g, '<id>'],
  [/http:\/\/127\.0\.0\.1:\d+/g, '<origin>'],
  [/ \{\\*"\$type[^]*$/, ' <details>'],
  [/^\{\\*"\$type[^]*$/, '<details>'],
  [/known orchestrator functions: .*$/, 'known orchestrator functions: <names>'],
];

const text = (value: string): string =>
  rules.reduce((result, [pattern, name]) => result.replace(pattern, name), value);

/** Members whose value differs from run to run or is the .NET runtime's own. */
const replaced: Readonly<Record<string, string>> = { StackTrace: '<stack>', earlyByMs: '<ms>' };

const isParserFault = (value: object): boolean =>
  'ExceptionType' in value && String(value.ExceptionType).includes('JsonReader');

/** A copy with everything replaced that may differ. */
export const normalise = (value: unknown): unknown => {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(normalise);
  const entries = Object.entries(value).map(([name, member]) => {
    if (name === 'ExceptionMessage' && isParserFault(value)) return [name, '<words>'];
    return [text(name), replaced[name] ?? normalise(member)];
  });
  return Object.fromEntries(entries);
};
