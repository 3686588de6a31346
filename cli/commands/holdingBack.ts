import { objectsAt, textAt, type Json } from '../json.ts';
import type { Session } from '../session.ts';
import { oneLine } from '../show/plain.ts';

/** States of an endpoint in which its jobs are held instead of tried. */
const holding = ['paused', 'open', 'halfOpen'];

/** Says which endpoints hold their jobs back, to whoever is about to have them tried: a canary would wait in vain. */
export const noteHoldingBack = async (session: Session, action: string, filter: Json): Promise<void> => {
  if (action !== 'retry' && action !== 'resume') return;
  const { json: summary } = await session.api({ method: 'GET', path: '/summary' });
  const wanted = textAt(filter, 'endpoint');
  for (const endpoint of objectsAt(summary, 'endpoints')) {
    const [name, state] = [textAt(endpoint, 'name'), textAt(endpoint, 'state')];
    if (!holding.includes(state) || (wanted !== '' && wanted !== name)) continue;
    session.terminal.note(
      `Endpoint ${oneLine(name)} is ${state}: its jobs are held and not tried until it goes on (bridge endpoints resume ${oneLine(name)}).`,
    );
  }
};
