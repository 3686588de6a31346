import { app, type HttpRequest, type HttpResponse, type InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';

/** What a good tutorial writes: the starter hands the whole notification to the orchestration. */
app.http('deliverHttp', {
  route: 'notify/{endpoint}',
  methods: ['POST'],
  authLevel: 'function',
  extraInputs: [df.input.durableClient()],
  handler: async (request: HttpRequest, context: InvocationContext): Promise<HttpResponse> => {
    const client = df.getClient(context);
    const notification: unknown = await request.json();
    const instanceId = await client.startNew('deliverOrchestrator', { input: notification });
    return client.createCheckStatusResponse(request, instanceId);
  },
});
