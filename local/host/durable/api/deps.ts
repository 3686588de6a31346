import type { EngineDeps } from '../engine/deps.ts';
import type { Engine } from '../engine/engine.ts';
import type { LinkSettings } from './links.ts';

/** What the HTTP API works with. */
export interface ApiDeps extends EngineDeps {
  readonly engine: Engine;
  readonly links: LinkSettings;
  /** Ids whose start is being stored. */
  readonly starting: Set<string>;
}
