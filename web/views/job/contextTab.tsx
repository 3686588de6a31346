import type { JSX } from 'preact';
import type { Payload } from '../../api/jobDetail.ts';
import { columnTables } from '../../model/contextView.ts';
import { Banner } from '../../parts/banner.tsx';
import { JsonTree } from '../../parts/jsonTree.tsx';
import { ColumnTable } from './columnTable.tsx';
import { PayloadGate } from './payloadGate.tsx';
import type { PayloadLook } from './usePayload.ts';

const Shown = ({ payload }: { payload: Payload }): JSX.Element => (
  <section class="context">
    {payload.masked.length === 0 ? null : <Banner intent="info">Masked: {payload.masked.join(', ')}.</Banner>}
    {columnTables(payload.context).map((table) => (
      <ColumnTable key={table.title} table={table} />
    ))}
    <h2>Whole context</h2>
    <JsonTree value={payload.context} label="Execution context" />
  </section>
);

/** The execution context: the columns with what changed, and the whole as a tree. */
export const ContextTab = ({ look }: { look: PayloadLook }): JSX.Element => (
  <PayloadGate look={look} what="context">
    {(payload) => <Shown payload={payload} />}
  </PayloadGate>
);
