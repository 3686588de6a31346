import type { AuthMode } from '../api/access/caller.ts';
import { composeBridge, type Bridge, type BridgeState } from './composeBridge.ts';
import { configurationFaulty, configurationRead } from './logEvents.ts';
import { authModeOf } from './authSettings.ts';

/** What start-up logs: no secret, only whether it is set. */
const effective = ({ settings, endpoints }: Bridge) => ({
  ...settings,
  storageConnection: 'set',
  endpoints: endpoints.map(({ name, contract, connection, path, messageFormat }) => ({
    name,
    contract,
    connection,
    path,
    messageFormat,
  })),
});

const startUp = (): BridgeState => {
  const state = composeBridge(process.env);
  if (state.kind === 'ready') configurationRead(console, effective(state.bridge));
  else configurationFaulty(console, state.faults);
  return state;
};

/** The app's one bridge, composed when the first function is loaded. */
export const bridgeState: BridgeState = startUp();

/** How people come in; `keys` as long as sign-in is asked for and not to be relied on. */
export const authMode: AuthMode = authModeOf(process.env);
