// `npm run clean`: removes what builds and runs leave behind, and nothing else.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

for (const folder of ['.local', 'dist', 'build']) {
  rmSync(join(import.meta.dirname, '..', folder), { recursive: true, force: true });
}
