import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../process/programs.ts';

/** An execution context to post. */
export interface Sample {
  readonly file: string;
  readonly messageName: string;
  readonly table: string;
  readonly correlationId: string;
  readonly body: Buffer;
}

const folder = join(repositoryRoot, 'samples');

/**
 * Gives the operation a new id and the present time, as a new operation of the same kind would have; every other byte
 * stays. Without that, a second run would post the same notifications and make no new jobs.
 */
const asNewOperation = (text: string, now: number): string =>
  text
    .replace(/"OperationId":"[^"]*"/, `"OperationId":"${randomUUID()}"`)
    .replace(/"OperationCreatedOn":"\\\/Date\(\d+/, `"OperationCreatedOn":"\\/Date(${now}`);

const read = (file: string, now: number): Sample => {
  const text = asNewOperation(readFileSync(join(folder, file), 'utf8'), now);
  const context = JSON.parse(text) as Record<string, string>;
  return {
    file,
    messageName: context['MessageName'] ?? '',
    table: context['PrimaryEntityName'] ?? '',
    correlationId: context['CorrelationId'] ?? '',
    body: Buffer.from(text),
  };
};

/** The samples as operations that happen now, a second apart. */
export const newOperations = (now = Date.now()): Sample[] => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file, index) => read(file, now - (files.length - index) * 1000));
};
