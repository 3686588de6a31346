import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Client } from '../../api/client.ts';
import type { OperationList, OperationView } from '../../api/operations.ts';
import type { Me, Role, Summary } from '../../api/shapes.ts';
import type { BulkRequest } from '../../model/bulk.ts';
import { pollEveryMs, runningOf } from '../../model/running.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { PageProvider, type Page } from '../../state/page.ts';
import { usePlace } from '../../state/usePlace.ts';
import { usePoll } from '../../state/usePoll.ts';
import { useSaying } from '../../state/useSaying.ts';
import { BulkDialog } from '../bulk/bulkDialog.tsx';
import { HelpDialog, useHelpKey } from './helpDialog.tsx';
import { Navigation } from './navigation.tsx';
import { RunningStrip } from './runningStrip.tsx';
import { TopBar } from './topBar.tsx';
import { View } from './view.tsx';

const refusals: Readonly<Record<Role, string>> = {
  read: 'Your role does not allow to read this.',
  act: 'Your role allows to read, not to act. An administrator of the app can give the role "act".',
  payload:
    'Your role does not allow to see payloads. An administrator of the app can give the role "payload".',
};

interface ShellProps {
  readonly client: Client;
  readonly me: Me;
  readonly signOut: () => void;
}

/** The bulk operations that run now, and how often the page asks because of them. */
const useRunning = (
  client: Client,
  paused: boolean,
): { readonly running: readonly OperationView[]; readonly everyMs: number } => {
  const [everyMs, setEveryMs] = useState(pollEveryMs(0));
  const { value } = usePoll<OperationList>('operations', (signal) => client('operations?top=5', { signal }), {
    everyMs,
    paused,
  });
  const running = runningOf(value?.operations ?? []);
  useEffect(() => setEveryMs(pollEveryMs(running.length)), [value]);
  return { running, everyMs };
};

const usePageOf = (
  { client, me }: ShellProps,
  live: Page['live'],
  say: (text: string) => void,
  openBulk: (request: BulkRequest) => void,
): Page => {
  const load = useCallback((signal: AbortSignal) => client<Summary>('summary', { signal }), [client]);
  const summary = usePoll('summary', load, live);
  return useMemo(
    () => ({
      client,
      me,
      summary,
      live,
      refusal: (role) => (me.roles.includes(role) ? undefined : refusals[role]),
      say,
      openBulk,
    }),
    [client, me, summary, live, say, openBulk],
  );
};

/** The page around its views: top bar, navigation, messages, dialogs. */
export const Shell = (props: ShellProps): JSX.Element => {
  const place = usePlace();
  const [paused, setPaused] = useState(false);
  const [bulk, setBulk] = useState<BulkRequest | undefined>(undefined);
  const [help, setHelp] = useState(false);
  const { text, say } = useSaying();
  const { running, everyMs } = useRunning(props.client, paused);
  const live = useMemo(() => ({ everyMs, paused }), [everyMs, paused]);
  const page = usePageOf(props, live, say, setBulk);
  useHelpKey(() => setHelp(true));
  const { problem } = page.summary;
  const { signOut } = props;
  useEffect(() => {
    if (problem?.status === 401) signOut();
  }, [problem, signOut]);
  return (
    <PageProvider page={page}>
      <div class="shell">
        <TopBar paused={paused} pause={setPaused} openHelp={() => setHelp(true)} signOut={signOut} />
        <Navigation place={place} />
        <main id="main" tabIndex={-1}>
          <View place={place} />
          <div class="notices">
            {problem !== undefined && page.summary.value !== undefined ? (
              <Banner intent="error">
                <ProblemText problem={problem} /> What you see may be out of date; the page tries again by
                itself.
              </Banner>
            ) : null}
            <RunningStrip running={place.view === 'operation' ? [] : running} />
          </div>
          {bulk === undefined ? null : <BulkDialog request={bulk} onClose={() => setBulk(undefined)} />}
          {help ? <HelpDialog onClose={() => setHelp(false)} /> : null}
        </main>
        <div class="saying" role="status" aria-live="polite">
          {text === '' ? null : <span class="toast">{text}</span>}
        </div>
      </div>
    </PageProvider>
  );
};
