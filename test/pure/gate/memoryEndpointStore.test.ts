import { describe } from 'vitest';
import { endpointStoreSuite } from '../../support/endpointStoreSuite.ts';
import { memoryEndpointStore } from '../../support/memoryEndpointStore.ts';

describe('the store of endpoints in memory', () => {
  endpointStoreSuite(async () => memoryEndpointStore());
});
