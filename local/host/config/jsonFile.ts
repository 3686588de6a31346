import { readFile } from 'node:fs/promises';

const commentsAndStrings = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The host reads its JSON files with a parser that allows comments. */
const withoutComments = (text: string): string =>
  text.replace(commentsAndStrings, (token) => (token.startsWith('"') ? token : ' '));

/**
 * Reads a JSON object; undefined when there is no such file.
 *
 * @throws Error naming the file when it is not a JSON object.
 */
export const readJsonObject = async (file: string): Promise<Record<string, unknown> | undefined> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const value = JSON.parse(withoutComments(text.replace(/^\uFEFF/, ''))) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  throw new Error(`${file} is not a JSON object.`);
};
