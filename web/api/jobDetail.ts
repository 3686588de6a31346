import type { JobSummary } from './shapes.ts';

/** What `GET /api/jobs/{id}` answers (docs/api.md). Times are ISO 8601 in UTC. */
export interface JobDetail extends JobSummary {
  readonly sizeExceeded: boolean;
  readonly idempotencyKey: string | null;
  readonly body: { readonly bytes: number; readonly sha256: string };
  /** What the listener of contract twoWay or rest returned. */
  readonly answer: string | null;
  readonly attempts: readonly Attempt[];
  /** Times that follow if every attempt fails, the next one first. */
  readonly plannedAttempts: readonly string[];
  readonly asked: readonly Asked[];
}

/** One attempt: what was sent, what was answered. What is not known, of an older job, is absent. */
export interface Attempt {
  readonly attempt: number;
  readonly startedOn: string;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'retry' | 'suspend' | 'fail';
  readonly code?: string;
  readonly detail?: string;
  readonly nextOn?: string;
  readonly stripped?: readonly string[];
  readonly messageId?: string;
  readonly sha256?: string;
  readonly bytes?: number;
  readonly contentType?: string;
  readonly identity?: string;
  readonly brokerAnswer?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** What a person asked of the job; a look at its payload is among it. */
export interface Asked {
  readonly action: string;
  readonly on: string;
  readonly by: string;
  readonly reason?: string;
  readonly until?: string;
}

/** What `GET /api/jobs/{id}/payload` answers. Asking is recorded on the job. */
export interface Payload {
  /** The execution context, masked. */
  readonly context: unknown;
  /** The same as text, where a number in it has more digits than JavaScript keeps. */
  readonly contextText?: string;
  /** Members that are masked. */
  readonly masked: readonly string[];
  readonly message: SentMessage | { readonly fault: MessageFault };
}

export interface SentMessage {
  readonly contentType: string;
  readonly format: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Text, or base64. */
  readonly body: string;
  readonly encoding: 'utf8' | 'base64';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly messageId: string;
  /** Members of the context that were left out, because it was too large. */
  readonly stripped: readonly string[];
}

/** Why there is no message. */
export interface MessageFault {
  readonly code: string;
  readonly detail: string;
  readonly cause: string;
  readonly advice: string;
}
