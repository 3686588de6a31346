import * as df from 'durable-functions';

interface Notification {
  readonly MessageName: string;
  readonly PrimaryEntityName: string;
}

/** First retry after five seconds, doubling up to an hour: the policy that the bridge has by default. */
const retryOptions = (): df.RetryOptions => {
  const options = new df.RetryOptions(5000, 35);
  options.backoffCoefficient = 2;
  options.maxRetryIntervalInMilliseconds = 3_600_000;
  return options;
};

df.app.orchestration('deliverOrchestrator', function* (context) {
  const notification = context.df.getInput<Notification>();
  const { instanceId: id } = context.df;
  const { MessageName: message, PrimaryEntityName: table } = notification;
  yield context.df.callActivity('recordActivity', { id, message, table, status: 'Running' });
  try {
    yield context.df.callActivityWithRetry('postActivity', retryOptions(), notification);
  } catch (error) {
    yield context.df.callActivity('recordActivity', {
      id,
      message,
      table,
      status: 'Failed',
      error: String(error),
    });
    return;
  }
  yield context.df.callActivity('recordActivity', { id, message, table, status: 'Succeeded' });
});
