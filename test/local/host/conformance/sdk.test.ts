import { beforeAll, describe, expect, it } from 'vitest';
import { loadApp, type FunctionsWorker } from '../../../../local/host/worker/app.ts';
import { recordedApp } from '../support/apps.ts';
import { instancesOf, readRecording, recordingNames, type RecordedTurn } from '../support/recordings.ts';

describe('the published SDK, given a recorded turn', () => {
  let worker: FunctionsWorker;
  beforeAll(async () => {
    worker = await loadApp(recordedApp, () => undefined);
  });

  const answer = async ({ function: functionId, input }: RecordedTurn) => {
    const trigger = worker.functions.find(({ name }) => name === functionId);
    const [binding = ''] = Object.keys(trigger?.bindings ?? {});
    return worker.invoke({
      invocationId: 'i',
      functionId,
      inputData: [{ name: binding, data: { string: JSON.stringify(input) } }],
    });
  };

  it.each(recordingNames())('gives the recorded answers of %s', async (name) => {
    for (const [, instance] of instancesOf(readRecording(name))) {
      for (const turn of instance.turns) {
        const result = await answer(turn);
        if (turn.exception === undefined) {
          expect(result.ok && JSON.parse(result.returnValue?.json ?? '')).toEqual(turn.output);
        } else {
          expect(!result.ok && result.message).toBe(turn.exception.message);
        }
      }
    }
  });
});
