import { describe } from 'vitest';
import { memoryOperationStore } from '../../support/memoryOperationStore.ts';
import { operationStoreSuite } from '../../support/operationStoreSuite.ts';

describe('the store of bulk operations in memory', () =>
  operationStoreSuite(async () => memoryOperationStore()));
