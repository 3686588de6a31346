import { startChild, type Child } from '../process/child.ts';
import { programOf } from '../process/programs.ts';

export interface AzuriteOptions {
  /** Of the table service. */
  readonly port: number;
  /** Of the blob service; there is none when absent. */
  readonly blobPort?: number;
  /** Folder that keeps the tables; in memory when absent. Azurite saves every few seconds and at an orderly end. */
  readonly state?: string;
  readonly onLog?: (line: string) => void;
}

/** Account and key that every installation of the emulator has; public by design. */
const account = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Connection string for the emulator's table service at this port, and its blob service at the other. */
export const azuriteConnectionString = (port: number, blobPort?: number): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${accountKey}`,
    `TableEndpoint=http://127.0.0.1:${port}/${account}`,
    ...(blobPort === undefined ? [] : [`BlobEndpoint=http://127.0.0.1:${blobPort}/${account}`]),
  ].join(';');

/** Starts Azurite as a child process: its table service, and its blob service if that has a port. */
export const startAzurite = ({
  port,
  blobPort,
  state,
  onLog,
}: AzuriteOptions): Promise<Child<{ port: number }>> =>
  startChild({
    name: 'Azurite',
    program: programOf('azurite'),
    args: [
      '--port',
      String(port),
      ...(blobPort === undefined ? [] : ['--blob-port', String(blobPort)]),
      ...(state === undefined ? ['--memory'] : ['--state', state]),
    ],
    ...(onLog === undefined ? {} : { onLog }),
  });

/** Starts blob, queue and table services at their standard ports, as Core Tools expect them. */
export const startWholeAzurite = (
  state: string,
  onLog: (line: string) => void,
): Promise<Child<{ port: number }>> =>
  startChild({ name: 'Azurite', program: programOf('azurite'), args: ['--all', '--state', state], onLog });
