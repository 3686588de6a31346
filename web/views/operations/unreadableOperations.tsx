import type { JSX } from 'preact';
import { addressOf } from '../../model/address.ts';
import { unreadableText } from '../../model/operationProgress.ts';
import { Banner } from '../../parts/banner.tsx';

/** Operations that the list cannot show, by id. */
export const UnreadableOperations = ({ ids }: { ids: readonly string[] }): JSX.Element | null =>
  ids.length === 0 ? null : (
    <Banner intent="error">
      <strong>{unreadableText(ids.length)}</strong> The log says why (OperationUnreadable).{' '}
      {ids.flatMap((id, index) => [
        index === 0 ? '' : ', ',
        <a key={id} href={addressOf({ view: 'operation', id })}>
          {id}
        </a>,
      ])}
    </Banner>
  );
