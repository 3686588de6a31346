import { useEffect, useState } from 'preact/hooks';
import type { Client } from '../api/client.ts';
import type { Problem } from '../api/shapes.ts';
import { configurationFaults } from '../model/configurationFaults.ts';

/** What is wrong with the configuration, where that is the problem. */
export const useFaults = (client: Client, problem: Problem): readonly string[] => {
  const [faults, setFaults] = useState<readonly string[]>([]);
  useEffect(() => {
    if (problem.code !== 'ConfigurationFaulty') return undefined;
    const asking = new AbortController();
    void client('health', { signal: asking.signal }).then((result) => {
      if (!asking.signal.aborted)
        setFaults(configurationFaults(result.kind === 'ok' ? result.value : result.body));
    });
    return () => asking.abort();
  }, [client, problem]);
  return faults;
};
