import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read } from '../../support/contexts.ts';
import { contextsFolder, whyNoContexts } from '../../support/realContexts.ts';

const files = existsSync(contextsFolder)
  ? readdirSync(contextsFolder).filter((name) => name.endsWith('.json'))
  : [];

describe.skipIf(files.length === 0)(
  `a captured notification${files.length === 0 ? whyNoContexts : ''}`,
  () => {
    it.each(files)('%s is accepted (R-6)', (file) => {
      const body = readFileSync(join(contextsFolder, file));
      expect(read(new Uint8Array(body))).toMatchObject({ messageName: expect.any(String) as string });
    });
  },
);
