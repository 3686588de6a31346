import type { JSX } from 'preact';
import type { MessageFault, Payload } from '../../api/jobDetail.ts';
import { columnTables } from '../../model/contextView.ts';
import { parseExact } from '../../model/exactJson.ts';
import { Banner } from '../../parts/banner.tsx';
import { JsonTree } from '../../parts/jsonTree.tsx';
import { ColumnTable } from './columnTable.tsx';
import { NoMessage } from './noMessage.tsx';
import { PayloadGate } from './payloadGate.tsx';
import type { PayloadLook } from './usePayload.ts';

const contextOf = ({ context, contextText }: Payload): unknown =>
  contextText === undefined ? context : parseExact(contextText);

const Context = ({ context, masked }: { context: unknown; masked: readonly string[] }): JSX.Element => (
  <section class="context">
    {masked.length === 0 ? null : <Banner intent="info">Masked: {masked.join(', ')}.</Banner>}
    {columnTables(context).map((table) => (
      <ColumnTable key={table.title} table={table} />
    ))}
    <h2>Whole context</h2>
    <JsonTree value={context} label="Execution context" />
  </section>
);

/** A context that cannot be masked is not shown at all; why stands in the place of the message. */
const faultOf = ({ context, message }: Payload): MessageFault | undefined =>
  context === null && 'fault' in message ? message.fault : undefined;

const Shown = ({ payload }: { payload: Payload }): JSX.Element => {
  const fault = faultOf(payload);
  return fault === undefined ? (
    <Context context={contextOf(payload)} masked={payload.masked} />
  ) : (
    <NoMessage title="The context cannot be shown" fault={fault} />
  );
};

/** The execution context: the columns with what changed, and the whole as a tree. */
export const ContextTab = ({ look }: { look: PayloadLook }): JSX.Element => (
  <PayloadGate look={look} what="context">
    {(payload) => <Shown payload={payload} />}
  </PayloadGate>
);
