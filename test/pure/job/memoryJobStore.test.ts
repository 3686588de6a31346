import { describe } from 'vitest';
import { jobStoreSuite } from '../../support/jobStoreSuite.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';

describe('the job store in memory', () => {
  jobStoreSuite(async () => memoryJobStore());
});
