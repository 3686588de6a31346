/** The parts of cli-progress that are used; it brings no types of its own. */
declare module 'cli-progress' {
  export interface Bar {
    start(total: number, value: number, payload: Readonly<Record<string, string>>): void;
    setTotal(total: number): void;
    update(value: number, payload: Readonly<Record<string, string>>): void;
    stop(): void;
  }
  const progress: {
    readonly SingleBar: new (options: {
      readonly format: string;
      readonly stream: NodeJS.WriteStream;
      readonly clearOnComplete: boolean;
      readonly hideCursor: boolean;
      readonly barsize: number;
    }) => Bar;
  };
  export = progress;
}
