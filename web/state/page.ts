import { createContext, createElement, type ComponentChildren, type JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { Client } from '../api/client.ts';
import type { Me, Role, Summary } from '../api/shapes.ts';
import type { BulkRequest } from '../model/bulk.ts';
import type { Poll } from './usePoll.ts';

/** What every view may use. */
export interface Page {
  readonly client: Client;
  readonly me: Me;
  readonly summary: Poll<Summary>;
  /** Live updates: how often to ask, and whether a person has paused them. */
  readonly live: { readonly everyMs: number; readonly paused: boolean };
  /** Why something that needs the role is not possible; undefined when it is. */
  readonly refusal: (role: Role) => string | undefined;
  /** Says something in the live region, and shows it for a while. */
  readonly say: (text: string) => void;
  /** Opens the bulk dialog. */
  readonly openBulk: (request: BulkRequest) => void;
}

const PageContext = createContext<Page | undefined>(undefined);

interface PageProviderProps {
  readonly page: Page;
  readonly children: ComponentChildren;
}

export const PageProvider = ({ page, children }: PageProviderProps): JSX.Element =>
  createElement(PageContext.Provider, { value: page }, children);

export const usePage = (): Page => {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('There is no page around this component.');
  return page;
};
