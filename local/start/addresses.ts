import type { LocalEndpoint } from '../stack/localEndpoints.ts';
import type { Stack } from '../stack/startStack.ts';
import { heading, say } from './show.ts';

const row = (name: string, text: string): void => say(`  ${name.padEnd(8)}${text}`);

const more = (text: string): void => row('', text);

/** What a person can do now, the page first; every line can be copied as it stands. */
export const showAddresses = (
  { host, connections }: Pick<Stack, 'host' | 'connections'>,
  endpoints: readonly LocalEndpoint[],
  state: string | undefined,
): void => {
  const { baseUrl, functionKey } = host.ready;
  const { name = '' } = endpoints[0] ?? {};
  const where = state === undefined ? '' : ` --state ${JSON.stringify(state)}`;
  heading('Your turn, with the key of this machine');
  row('Page', `${baseUrl}/api/page/#key=${functionKey}`);
  more('every system job: why it failed, what can be done, and the buttons for it');
  row('Send', `npx bridge send create-account --endpoint ${name} --wait${where}`);
  more(`or as Dataverse does:`);
  more(`curl -X POST "${baseUrl}/api/notify/${name}?code=${functionKey}" \\`);
  more('  -H "Content-Type: application/json" --data-binary @samples/create-account.json');
  row('Look', `npx bridge jobs list${where}`);
  more(`npx bridge --help${' '.repeat(3)}(everything that can be asked)`);
  row('Listen', `npm run listen -- ${endpoints[1]?.name ?? name}${where}`);
  more(`in another terminal; endpoints: ${endpoints.map((each) => each.name).join(', ')}`);
  heading('For clients of your own');
  row('API', `${baseUrl}/api/jobs?code=${functionKey}`);
  row('Bus', connections.serviceBus);
  row('Relay', connections.relay);
  say('\nCtrl-C stops everything; jobs and messages are kept for the next start.');
};
