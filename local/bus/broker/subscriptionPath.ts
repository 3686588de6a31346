/** Between the name of a topic and that of a subscription, in any case. */
const separator = '/subscriptions/';

export const subscriptionPath = (topic: string, name: string): string => `${topic}/Subscriptions/${name}`;

/** The topic a path belongs to when it is the path of a subscription. */
export const topicOfPath = (path: string): string | undefined => {
  const at = path.toLowerCase().indexOf(separator);
  return at < 0 ? undefined : path.slice(0, at);
};

export const subscriptionName = (path: string): string =>
  path.slice((topicOfPath(path)?.length ?? -separator.length) + separator.length);
