/** Standard input, as far as a program needs it. */
export interface Input {
  /** Everything up to the end. */
  all(): Promise<string>;
  /** The first line, without waiting for more. */
  firstLine(): Promise<string>;
  /** Resolves when there is nothing more to come. */
  readonly ended: Promise<void>;
}

/** Starts reading `stream` at once. */
export const readInput = (stream: NodeJS.ReadableStream): Input => {
  let text = '';
  let onText = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve());
  });
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
    onText();
  });
  const firstLine = new Promise<string>((resolve) => {
    onText = () => {
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    };
    void ended.then(() => resolve(text));
  });
  return {
    ended,
    firstLine: () => firstLine,
    all: async () => {
      await ended;
      return text;
    },
  };
};
