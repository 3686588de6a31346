/** What a shared access policy allows; `Manage` includes the two others. */
export type Right = 'Send' | 'Listen' | 'Manage';

/** A shared access policy. Both of its keys are valid at any time, so that one can be replaced while the other serves. */
export interface AccessKey {
  readonly name: string;
  readonly rights: readonly Right[];
  readonly primaryKey: string;
  readonly secondaryKey?: string;
}

export const allows = (rights: readonly Right[], right: Right): boolean =>
  rights.includes(right) || rights.includes('Manage');
