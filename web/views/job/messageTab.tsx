import type { JSX } from 'preact';
import type { Payload, SentMessage } from '../../api/jobDetail.ts';
import { fromBase64, hexDump } from '../../model/hexDump.ts';
import { Copyable, CopyButton } from '../../parts/copyable.tsx';
import { Facts } from '../../parts/facts.tsx';
import { NoMessage } from './noMessage.tsx';
import { PayloadGate } from './payloadGate.tsx';
import { PropertiesTable } from './propertiesTable.tsx';
import type { PayloadLook } from './usePayload.ts';

const bodyText = ({ body, encoding }: SentMessage): string =>
  encoding === 'base64' ? hexDump(fromBase64(body)) : body;

const Message = ({ message }: { message: SentMessage }): JSX.Element => (
  <section class="message">
    <Facts
      rows={[
        ['Message id', <Copyable text={message.messageId} what="message id" />],
        ['Format', `${message.format} (${message.contentType})`],
        ['Size', `${message.bytes.toLocaleString('en')} bytes`],
        ['Left out', message.stripped.length === 0 ? null : message.stripped.join(', ')],
        ['SHA-256', <Copyable text={message.sha256} what="digest" />],
      ]}
    />
    <PropertiesTable caption="Application properties" properties={message.properties} />
    <h2>
      Body <CopyButton text={message.body} what={message.encoding === 'base64' ? 'body in base64' : 'body'} />
    </h2>
    <pre class={message.encoding === 'base64' ? 'code hex' : 'code wrapped'} tabIndex={0} aria-label="Body">
      {bodyText(message)}
    </pre>
  </section>
);

const Shown = ({ payload }: { payload: Payload }): JSX.Element =>
  'fault' in payload.message ? (
    <NoMessage title="There is no message" fault={payload.message.fault} />
  ) : (
    <Message message={payload.message} />
  );

/** The message as the endpoint gets it. */
export const MessageTab = ({ look }: { look: PayloadLook }): JSX.Element => (
  <PayloadGate look={look} what="message">
    {(payload) => <Shown payload={payload} />}
  </PayloadGate>
);
