import type { Acceptance } from '../job/acceptNotification.ts';
import { jsonAnswer, refusalAnswer, type Answer } from './problem.ts';

/** Path of a job in the API. */
const jobPath = (jobId: string): string => `/api/jobs/${jobId}`;

/** The answer to a notification. Dataverse reads the status only; the body is for people who test. */
export const acceptanceAnswer = (acceptance: Acceptance): Answer => {
  switch (acceptance.kind) {
    case 'refused':
      return refusalAnswer(acceptance);
    case 'filteredOut':
      return jsonAnswer(202, { job: null, reason: acceptance.reason });
    case 'accepted': {
      const { jobId, duplicate } = acceptance;
      const href = jobPath(jobId);
      return jsonAnswer(202, { job: { id: jobId, duplicate, href } }, { location: href });
    }
  }
};
