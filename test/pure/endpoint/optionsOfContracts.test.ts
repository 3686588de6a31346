import { describe, expect, it } from 'vitest';
import { contradictionsIn } from '../../../shared/endpoint/optionsOfContracts.ts';
import { contracts, type Contract, type ServiceEndpoint } from '../../../shared/endpoint/serviceEndpoint.ts';
import { endpointWith } from '../../support/posting.ts';

const faultsOf = (changes: Partial<ServiceEndpoint>) => contradictionsIn(endpointWith(changes));

const brokered: readonly Contract[] = ['queue', 'topic'];
const relayed: readonly Contract[] = ['oneWay', 'twoWay', 'rest'];

const options: [keyof ServiceEndpoint, Partial<ServiceEndpoint>, readonly Contract[]][] = [
  ['session', { session: 'record' }, brokered],
  ['timeToLiveSeconds', { timeToLiveSeconds: 60 }, brokered],
  ['delaySeconds', { delaySeconds: 60 }, brokered],
  ['partitionKey', { partitionKey: 'user' }, ['eventHub']],
  ['listener', { listener: 'hybridConnection' }, relayed],
];

describe('an option of an endpoint', () => {
  it.each(options)('%s goes with its own contracts only', (option, changes, goesWith) => {
    for (const contract of contracts) {
      expect(faultsOf({ ...changes, contract })).toEqual(
        goesWith.includes(contract)
          ? []
          : [`endpoint "orders": ${option} does not go with contract ${contract}`],
      );
    }
  });

  it.each(contracts)('is not needed by contract %s', (contract) => {
    expect(faultsOf({ contract })).toEqual([]);
  });
});

describe('a listener of Windows Communication Foundation', () => {
  const wcf = (contract: Contract, messageFormat: ServiceEndpoint['messageFormat']) =>
    faultsOf({ contract, messageFormat, listener: 'wcf' });

  it.each(['oneWay', 'twoWay'] as const)('of contract %s takes xml only', (contract) => {
    expect(wcf(contract, 'xml')).toEqual([]);
    for (const format of ['json', 'binary'] as const) {
      expect(wcf(contract, format)).toEqual([
        `endpoint "orders": a wcf listener of contract ${contract} takes messageFormat xml only`,
      ]);
    }
  });

  it('of contract rest takes xml and json', () => {
    expect(wcf('rest', 'xml')).toEqual([]);
    expect(wcf('rest', 'json')).toEqual([]);
    expect(wcf('rest', 'binary')).toEqual([
      'endpoint "orders": a wcf listener of contract rest takes messageFormat xml or json only',
    ]);
  });

  it('is complained of once where the contract has no listener at all', () => {
    expect(wcf('queue', 'json')).toEqual(['endpoint "orders": listener does not go with contract queue']);
  });
});

describe('the tier of an endpoint', () => {
  it('cannot be basic for a topic', () => {
    expect(faultsOf({ contract: 'topic', tier: 'basic' })).toEqual([
      'endpoint "orders": the basic tier has no topics',
    ]);
    expect(faultsOf({ contract: 'queue', tier: 'basic' })).toEqual([]);
  });

  it.each(relayed)('says nothing of a relay (%s)', (contract) => {
    expect(faultsOf({ contract, tier: 'premium' })).toEqual([
      'endpoint "orders": a relay has no tier premium',
    ]);
  });
});

describe('a relay endpoint', () => {
  it.each([
    ['oversize claimCheck', { oversize: 'claimCheck' }],
    ['aliases', { aliases: true }],
    ['columns', { columns: ['name'] }],
  ] as const)('does not take %s, which its listener would never see', (option, changes) => {
    expect(contradictionsIn(endpointWith({ contract: 'rest', ...changes }))).toEqual([
      `endpoint "orders": ${option} does not go with contract rest`,
    ]);
    expect(contradictionsIn(endpointWith(changes))).toEqual([]);
  });
});
