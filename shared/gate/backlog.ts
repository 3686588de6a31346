/** Jobs of an endpoint that go on by themselves, as far as the attention index knows them. */
export interface Backlog {
  /** Waiting, waiting for resources, in progress. */
  readonly backlog: number;
  /** Of these, held. */
  readonly held: number;
}

export interface BacklogCount {
  readonly byEndpoint: ReadonlyMap<string, Backlog>;
  /** False when there were more than could be counted in time: the counts are then at least this. */
  readonly complete: boolean;
}

/** What counting needs of the store. */
export interface BacklogStore {
  /** Of all endpoints. */
  countBacklog(): Promise<BacklogCount>;
}
