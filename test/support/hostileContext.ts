import { contextWith } from './contexts.ts';
import { hostileTexts } from './hostile.ts';

const entity = (texts: readonly string[], value: (text: string) => unknown) => ({
  Attributes: texts.map((text) => ({ key: text, value: value(text) })),
});

/** A context that has the text wherever a list or a heading takes one from. */
export const hostileContext = (text: string, members: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify(
    contextWith({
      MessageName: text,
      PrimaryEntityName: text,
      OrganizationName: text,
      InitiatingUserAgent: text,
      OwningExtension: { LogicalName: text, Name: text },
      ...members,
    }),
  );

/** A context that has all of {@link hostileTexts} as names and values, in every part that the page takes apart. */
export const contextOfHostileTexts = (members: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    contextWith({
      InputParameters: [
        {
          key: 'Target',
          value: entity(hostileTexts, (text) => ({ Id: text, LogicalName: text, Name: text })),
        },
        ...hostileTexts.map((text) => ({ key: text, value: { [text]: text } })),
      ],
      PreEntityImages: [{ key: hostileTexts[0], value: entity(hostileTexts, () => 'before') }],
      PostEntityImages: [{ key: hostileTexts[0], value: entity(hostileTexts, (text) => text) }],
      SharedVariables: hostileTexts.map((text) => ({ key: text, value: text })),
      ...members,
    }),
  );
