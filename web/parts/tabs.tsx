import type { ComponentChildren, JSX } from 'preact';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly label: string }[];
  readonly active: string;
  readonly onChoose: (id: string) => void;
  /** Content of the active tab. */
  readonly children: ComponentChildren;
}

const tabId = (id: string): string => `tab-${id === '' ? 'first' : id}`;

/** Tabs over one panel. The arrows move between them; which one is active stands in the address. */
export const Tabs = ({ label, tabs, active, onChoose, children }: TabsProps): JSX.Element => {
  const choose = (event: Event): void => {
    const chosen = (event as CustomEvent<HTMLElement | undefined>).detail?.id;
    const found = tabs.find(({ id }) => tabId(id) === chosen);
    if (found !== undefined && found.id !== active) onChoose(found.id);
  };
  return (
    <>
      <fluent-tablist class="tabs" aria-label={label} activeid={tabId(active)} onChange={choose}>
        {tabs.map((tab) => (
          <fluent-tab key={tab.id} id={tabId(tab.id)} slot="tab">
            {tab.label}
          </fluent-tab>
        ))}
      </fluent-tablist>
      <div class="tab-panel" role="tabpanel" aria-labelledby={tabId(active)} tabIndex={0}>
        {children}
      </div>
    </>
  );
};
