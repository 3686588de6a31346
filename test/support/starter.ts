import type { WorkflowStarter } from '../../shared/job/nudge.ts';

/** A workflow engine that only remembers; running instances refuse a second start, as the real one does. */
export const rememberingStarter = () => {
  const running = new Set<string>();
  const calls: string[] = [];
  let fault: Error | undefined;
  const starter: WorkflowStarter = {
    start: async (id, attempt) => {
      if (fault !== undefined) throw fault;
      if (running.has(id)) return 'running';
      running.add(id);
      calls.push(`start ${attempt}`);
      return 'started';
    },
    wake: async () => {
      if (fault !== undefined) throw fault;
      calls.push('wake');
    },
  };
  return {
    starter,
    running,
    calls,
    /** From now on the engine cannot be reached. */
    break: (error = new Error('engine away')) => {
      fault = error;
    },
    mend: () => {
      fault = undefined;
    },
  };
};
