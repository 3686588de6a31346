import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A history event as the engine hands it to a function. */
export type WireEvent = Record<string, unknown> & { EventType: number; Timestamp: string; IsPlayed: boolean };

export interface RecordedTurn {
  readonly function: string;
  readonly input: {
    readonly history: WireEvent[];
    readonly input: unknown;
    readonly instanceId: string;
  } & Record<string, unknown>;
  readonly output?: Record<string, unknown>;
  readonly exception?: { readonly message: string };
}

export interface RecordedActivity {
  readonly function: string;
  readonly input: string;
  readonly triggerMetadata: Record<string, Record<string, unknown>>;
  readonly returnValue?: Record<string, unknown>;
  readonly exception?: { readonly message: string };
}

export interface RecordedInstance {
  readonly turns: RecordedTurn[];
  readonly activities: RecordedActivity[];
  readonly status: { readonly httpStatus: number; readonly body: unknown };
  readonly statusWithOutputs: { readonly httpStatus: number; readonly body: unknown };
}

export interface RecordedCall {
  readonly note: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
  };
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

export interface Recording extends RecordedInstance {
  readonly name: string;
  readonly shows: string;
  readonly instanceId: string;
  readonly otherInstances?: Record<string, RecordedInstance>;
  readonly api: RecordedCall[];
}

const folder = join(import.meta.dirname, '..', 'data', 'histories');

export const recordingNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

export const readRecording = (name: string): Recording =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Recording;

/** The instance a recording is about and those beside it, by id. */
export const instancesOf = (recording: Recording): [string, RecordedInstance][] => [
  [recording.instanceId, recording],
  ...Object.entries(recording.otherInstances ?? {}),
];
