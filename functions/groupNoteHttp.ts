import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Caller } from '../shared/api/access/caller.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { readNote } from '../shared/api/readNote.ts';
import { isFailureCode } from '../shared/delivery/failureCatalogue.ts';
import { isEndpointName } from '../shared/endpoint/endpointsSchema.ts';
import type { GroupKey, GroupNote } from '../shared/group/groupStore.ts';
import { isKnownGroup } from '../shared/group/isKnownGroup.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { groupNoted, jobUnreadable } from '../shared/platform/logEvents.ts';
import { answered, authLevelFor, badRequest, notFound } from './http/answer.ts';
import { boundedText } from './http/boundedText.ts';

const maxNoteBytes = 8192;

/** A group may be of an endpoint that is no longer configured: its jobs still are. */
const groupIn = ({ params }: HttpRequest): GroupKey | undefined => {
  const { endpoint = '', code = '' } = params;
  return isEndpointName(endpoint) && isFailureCode(code) ? { endpoint, code } : undefined;
};

const isKnown = (
  { store, endpointNamed }: Bridge,
  context: InvocationContext,
  group: GroupKey,
): Promise<boolean> =>
  isKnownGroup(
    {
      store,
      isConfigured: (endpoint) => endpointNamed(endpoint) !== undefined,
      unreadable: (fault) => jobUnreadable(context, fault),
    },
    group,
  );

const write = async ({ store, summaries }: Bridge, note: GroupNote): Promise<Answer> => {
  const { text, by, on } = note;
  await (text === '' ? store.removeNote(note) : store.writeNote(note));
  summaries.forget();
  return jsonAnswer(200, text === '' ? null : { text, by, on });
};

const put = async (
  request: HttpRequest,
  context: InvocationContext,
  bridge: Bridge,
  { name }: Caller,
): Promise<Answer> => {
  const group = groupIn(request);
  if (group === undefined) return notFound('group of this endpoint and code');
  const body = await boundedText(request, maxNoteBytes);
  if (body === undefined) return badRequest([`the body has more than ${maxNoteBytes} bytes.`]);
  const read = readNote(body);
  if (read.kind === 'faulty') return badRequest(read.faults);
  if (!(await isKnown(bridge, context, group))) return notFound('group of this endpoint and code');
  const answer = await write(bridge, { ...group, text: read.text, by: name, on: now() });
  groupNoted(context, group, name);
  return answer;
};

/** `PUT /api/groups/{endpoint}/{code}/note`: writes or removes the note of a failure group. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'act', (bridge, caller) => put(request, context, bridge, caller));

app.http('groupNoteHttp', {
  route: 'groups/{endpoint}/{code}/note',
  methods: ['PUT'],
  authLevel: authLevelFor('act'),
  handler,
});
