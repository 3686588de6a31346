import {
  isRelayContract,
  type Contract,
  type MessageFormat,
  type ServiceEndpoint,
} from './serviceEndpoint.ts';

type Option =
  'session' | 'partitionKey' | 'timeToLiveSeconds' | 'delaySeconds' | 'listener' | 'answerWithinSeconds';

const options: readonly Option[] = [
  'session',
  'partitionKey',
  'timeToLiveSeconds',
  'delaySeconds',
  'listener',
  'answerWithinSeconds',
];

const brokered: readonly Option[] = ['session', 'timeToLiveSeconds', 'delaySeconds'];
const relayed: readonly Option[] = ['listener', 'answerWithinSeconds'];

/** Options that go with some contracts only. */
const optionsOf: Readonly<Record<Contract, readonly Option[]>> = {
  queue: brokered,
  topic: brokered,
  eventHub: ['partitionKey'],
  oneWay: relayed,
  twoWay: relayed,
  rest: relayed,
};

const misplaced = (endpoint: ServiceEndpoint): string[] =>
  options
    .filter((option) => endpoint[option] !== undefined && !optionsOf[endpoint.contract].includes(option))
    .map((option) => `endpoint "${endpoint.name}": ${option} does not go with contract ${endpoint.contract}`);

/** WS2007HttpRelayBinding carries text XML in a SOAP envelope, WebHttpRelayBinding XML or JSON, and nothing else. */
const wcfFormats = (contract: Contract): readonly MessageFormat[] =>
  contract === 'rest' ? ['xml', 'json'] : ['xml'];

const unreadableByWcf = ({ name, contract, listener, messageFormat }: ServiceEndpoint): string[] => {
  const formats = wcfFormats(contract);
  return listener === 'wcf' && isRelayContract(contract) && !formats.includes(messageFormat)
    ? [
        `endpoint "${name}": a wcf listener of contract ${contract} takes messageFormat ${formats.join(' or ')} only`,
      ]
    : [];
};

const basicHasNone = ({ name, contract, tier }: ServiceEndpoint): string[] =>
  tier === 'basic' && contract === 'topic' ? [`endpoint "${name}": the basic tier has no topics`] : [];

const basicHasNoSessions = ({ name, session, tier }: ServiceEndpoint): string[] =>
  tier === 'basic' && session !== undefined ? [`endpoint "${name}": the basic tier has no sessions`] : [];

/** A relay carries the facts that have a header, and nothing that a consumer could look up or filter by. */
const withoutEffectAtRelay = (endpoint: ServiceEndpoint): string[] => {
  const { name, contract, oversize, aliases, columns } = endpoint;
  if (!isRelayContract(contract)) return [];
  const given = [
    ...(oversize === 'claimCheck' ? ['oversize claimCheck'] : []),
    ...(aliases ? ['aliases'] : []),
    ...(columns.length > 0 ? ['columns'] : []),
  ];
  return given.map((option) => `endpoint "${name}": ${option} does not go with contract ${contract}`);
};

const tierOfRelay = ({ name, contract, tier }: ServiceEndpoint): string[] =>
  isRelayContract(contract) && tier !== 'standard' ? [`endpoint "${name}": a relay has no tier ${tier}`] : [];

const delaysAgree = ({ name, retry }: ServiceEndpoint): string[] =>
  retry.longestDelaySeconds < retry.firstDelaySeconds
    ? [`endpoint "${name}": retry.longestDelaySeconds is less than retry.firstDelaySeconds`]
    : [];

/** Rules of an endpoint that a schema cannot say, as sentences about what breaks them. */
export const contradictionsIn = (endpoint: ServiceEndpoint): string[] =>
  [
    delaysAgree,
    misplaced,
    unreadableByWcf,
    basicHasNone,
    basicHasNoSessions,
    withoutEffectAtRelay,
    tierOfRelay,
  ].flatMap((rule) => rule(endpoint));
