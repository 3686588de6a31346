import { startChild, type Child } from '../process/child.ts';
import { programOf } from '../process/programs.ts';

export interface AzuriteOptions {
  readonly port: number;
  /** Folder that keeps the tables; in memory when absent. Azurite saves every few seconds and at an orderly end. */
  readonly state?: string;
  readonly onLog?: (line: string) => void;
}

/** Account and key that every installation of the emulator has; public by design. */
const account = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Connection string for a table service of the emulator at this port. */
export const azuriteConnectionString = (port: number): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${accountKey}`,
    `TableEndpoint=http://127.0.0.1:${port}/${account}`,
  ].join(';');

/** Starts Azurite's table service as a child process. */
export const startAzurite = ({ port, state, onLog }: AzuriteOptions): Promise<Child<{ port: number }>> =>
  startChild({
    name: 'Azurite',
    program: programOf('azurite'),
    args: ['--port', String(port), ...(state === undefined ? ['--memory'] : ['--state', state])],
    ...(onLog === undefined ? {} : { onLog }),
  });

/** Starts blob, queue and table services at their standard ports, as Core Tools expect them. */
export const startWholeAzurite = (
  state: string,
  onLog: (line: string) => void,
): Promise<Child<{ port: number }>> =>
  startChild({ name: 'Azurite', program: programOf('azurite'), args: ['--all', '--state', state], onLog });
