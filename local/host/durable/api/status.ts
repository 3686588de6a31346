import { historyOf, type Instance } from '../../store/state.ts';
import { showHistory } from '../history/view.ts';
import { shownAsJson } from '../jsonText.ts';
import { wholeSeconds } from '../time.ts';

export interface StatusOptions {
  readonly showInput: boolean;
  readonly showHistory: boolean;
  readonly showHistoryOutput: boolean;
}

const historyMember = (instance: Instance, options: StatusOptions): string => {
  if (!options.showHistory || instance.status === 'Pending') return '';
  const { showInput, showHistoryOutput: showOutput } = options;
  return `,"historyEvents":${JSON.stringify(showHistory(historyOf(instance), { showInput, showOutput }))}`;
};

/** An instance's status as JSON text. Payloads are put in as they are. Source: HttpApiHandler `ConvertFrom`. */
export const statusText = (instance: Instance, options: StatusOptions): string => {
  const { id, started, status, customStatus, output, updated } = instance;
  return (
    `{"name":${JSON.stringify(started.name)},"instanceId":${JSON.stringify(id)},"runtimeStatus":"${status}",` +
    `"input":${options.showInput ? shownAsJson(started.input) : 'null'},` +
    `"customStatus":${customStatus ?? 'null'},"output":${shownAsJson(output)},` +
    `"createdTime":"${wholeSeconds(started.at)}","lastUpdatedTime":"${wholeSeconds(updated)}"` +
    `${historyMember(instance, options)}}`
  );
};
