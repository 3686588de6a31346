import { describe, expect, it } from 'vitest';
import {
  all,
  any,
  at,
  begin,
  callActivity,
  callChild,
  childCreated,
  completed,
  continueAsNew,
  decide,
  done,
  end,
  failing,
  http,
  raised,
  replayState,
  resumed,
  retried,
  running,
  scheduled,
  started,
  suspended,
  taskFailed,
  terminated,
  timer,
  timerCreated,
  timerFired,
  waitFor,
} from '../support/histories.ts';

const DAY = 86_400_000;
const first = [begin(0), started()] as const;

describe('the action list', () => {
  it('runs one action after the other, as far as history lets it', () => {
    const state = running(callActivity('A'), callActivity('B'));
    expect(decide(state, ...first)).toEqual(['task 0 A']);
    expect(decide(state, ...first, scheduled(0, 'A'), end, begin(1), completed(0))).toEqual(['task 1 B']);
  });

  it('goes on after a failed action as after any other', () => {
    const state = running(callActivity('A'), callActivity('B'));
    expect(decide(state, ...first, scheduled(0, 'A'), end, begin(1), taskFailed(0))).toEqual(['task 1 B']);
  });

  it('starts all members of any and all in order', () => {
    expect(decide(running(all(callActivity('A'), callActivity('B'))), ...first)).toEqual([
      'task 0 A',
      'task 1 B',
    ]);
    expect(decide(running(any(waitFor('Go'), timer(5000), callActivity('A'))), ...first)).toEqual([
      'timer 0 +5000',
      'task 1 A',
    ]);
  });

  it('takes no number for a wait', () => {
    expect(decide(running(waitFor('Go'), callActivity('A')), ...first, end, begin(1), raised('Go'))).toEqual([
      'task 0 A',
    ]);
  });

  it('must be one list of actions', () => {
    expect(decide({ isDone: true, actions: [] }, ...first)).toEqual([
      "Failed 0 Orchestrator function 'Flow' failed: With OOProc schema V3, expected actions array to be of length 1 in outer layer but got size: 0",
    ]);
  });

  it('fails loudly for entities and for actions nobody knows', () => {
    expect(decide(running({ actionType: 7 }), ...first)).toEqual([
      "Failed 0 Orchestrator function 'Flow' failed: The local host has no durable entities (action type 7).",
    ]);
    expect(decide(running({ actionType: 99 }), ...first)[0]).toContain('unexpected action type');
  });
});

describe('completion', () => {
  it('waits for an uncancelled timer that lost its race', () => {
    const state = done('event', any(waitFor('Go'), timer(5000)));
    const race = [...first, timerCreated(0, 5000), end, begin(1), raised('Go')];
    expect(decide(state, ...race)).toEqual([]);
    expect(decide(state, ...race, end, begin(5000), timerFired(0))).toEqual(['Completed 1 "event"']);
  });

  it('does not wait for a cancelled timer, which is created all the same and keeps its number', () => {
    const state = done('event', any(waitFor('Go'), timer(5000, true)), callActivity('A'));
    const before = [...first, timerCreated(0, 5000), end, begin(1), raised('Go')];
    expect(decide(state, ...before)).toEqual(['task 1 A']);
    expect(decide(state, ...first)).toEqual(['timer 0 +5000', 'task 1 A']);
  });

  it('takes the next number', () => {
    expect(
      decide(done(1, callActivity('A')), ...first, scheduled(0, 'A'), end, begin(1), completed(0)),
    ).toEqual(['Completed 1 1']);
  });

  it('comes once, and a second completion of a task changes nothing', () => {
    const history = [...first, scheduled(0), end, begin(1), completed(0, 1), completed(0, 2)];
    expect(decide(done(1, callActivity('Echo')), ...history)).toEqual(['Completed 1 1']);
  });

  it('of a failing function waits for open tasks, too', () => {
    const state = failing('no', any(waitFor('Go'), timer(5000)));
    const race = [...first, timerCreated(0, 5000), end, begin(1), raised('Go')];
    expect(decide(state, ...race)).toEqual([]);
    expect(decide(state, ...race, end, begin(2), timerFired(0))).toEqual([
      "Failed 1 Orchestrator function 'Flow' failed: no",
    ]);
  });
});

describe('external events', () => {
  it('are matched without regard to case', () => {
    expect(decide(running(waitFor('go'), callActivity('A')), ...first, end, begin(1), raised('GO'))).toEqual([
      'task 0 A',
    ]);
  });

  it('serve the latest of several waiters first', () => {
    const state = running(any(waitFor('Go'), all(waitFor('Go'), callActivity('A'))), callActivity('B'));
    const oneEvent = [...first, scheduled(0, 'A'), end, begin(1), completed(0), raised('Go')];
    expect(decide(state, ...oneEvent)).toEqual(['task 1 B']);
    const firstWaiter = running(any(waitFor('Go'), callActivity('A')), waitFor('Go'), callActivity('B'));
    const stacked = [...first, scheduled(0, 'A'), end, begin(1), completed(0), end, begin(2), raised('Go')];
    expect(decide(firstWaiter, ...stacked)).toEqual(['task 1 B']);
  });

  it('that nobody waits for are kept in order', () => {
    const state = running(timer(1000), waitFor('Go'), waitFor('Go'), callActivity('A'));
    const history = [...first, timerCreated(0, 1000), end, begin(1), raised('Go', 1), raised('Go', 2)];
    expect(decide(state, ...history)).toEqual([]);
    expect(decide(state, ...history, end, begin(2), timerFired(0))).toEqual(['task 1 A']);
  });

  it('are carried into the next execution when they come after the decision to continue', () => {
    const state = done(undefined, waitFor('Go'), continueAsNew({ n: 1 }));
    expect(decide(state, ...first, end, begin(1), raised('Go'), raised('Go', 2))).toEqual([
      'continue 0 {"n":1} carrying 1',
    ]);
  });

  it('that were buffered before it are dropped', () => {
    const state = done(undefined, callActivity('A'), continueAsNew(null));
    const history = [...first, scheduled(0, 'A'), end, begin(1), raised('Go'), completed(0)];
    expect(decide(state, ...history)).toEqual(['continue 1 null carrying 0']);
  });
});

describe('suspension', () => {
  const state = running(waitFor('Go'), callActivity('A'));

  it('holds events back until the resume', () => {
    const held = [...first, end, begin(1), suspended, end, begin(2), raised('Go')];
    expect(decide(state, ...held)).toEqual([]);
    expect(decide(state, ...held, end, begin(3), resumed)).toEqual(['task 0 A']);
  });

  it('holds back what was decided in the same turn', () => {
    expect(decide(state, ...first, end, begin(1), raised('Go'), suspended)).toEqual([]);
    expect(decide(state, ...first, end, begin(1), raised('Go'), suspended, end, begin(2), resumed)).toEqual([
      'task 0 A',
    ]);
  });

  it('does not hold back a termination', () => {
    expect(decide(state, ...first, end, begin(1), suspended, end, begin(2), terminated('enough'))).toEqual([
      'Terminated 0 enough',
    ]);
  });
});

describe('termination', () => {
  it('ends an instance with open tasks, and its reason is the result', () => {
    const state = running(callActivity('A'));
    expect(decide(state, ...first, scheduled(0, 'A'), end, begin(1), terminated(null))).toEqual([
      'Terminated 1 null',
    ]);
  });

  it('comes before a completion of the same turn', () => {
    const state = done('x', waitFor('Go'));
    expect(decide(state, ...first, end, begin(1), terminated('stop'), raised('Go'))).toEqual([
      'Terminated 0 stop',
    ]);
  });
});

describe('retries', () => {
  const options = { firstRetryIntervalInMilliseconds: 1000, maxNumberOfAttempts: 2, backoffCoefficient: 3 };

  it('wait on a timer of the growing interval, then call again under the next number', () => {
    const state = running(retried({ ...options, maxNumberOfAttempts: 3 }));
    const once = [...first, scheduled(0), end, begin(500), taskFailed(0)];
    expect(decide(state, ...once)).toEqual(['timer 1 +1500']);
    const twice = [...once, timerCreated(1, 1500), end, begin(2000), timerFired(1)];
    expect(decide(state, ...twice)).toEqual(['task 2 Echo']);
    expect(decide(state, ...twice, scheduled(2), end, begin(3000), taskFailed(2))).toEqual(['timer 3 +6000']);
  });

  it('end with a timer of no length after the last failure', () => {
    const state = running(retried({ ...options, maxNumberOfAttempts: 1 }), callActivity('B'));
    const failed = [...first, scheduled(0), end, begin(700), taskFailed(0)];
    expect(decide(state, ...failed)).toEqual(['timer 1 +700']);
    expect(decide(state, ...failed, timerCreated(1, 700), end, begin(800), timerFired(1))).toEqual([
      'task 2 B',
    ]);
  });

  it('create no timer when the retry timeout is over', () => {
    const state = running(retried({ ...options, retryTimeoutInMilliseconds: 400 }));
    expect(decide(state, ...first, scheduled(0), end, begin(500), taskFailed(0))).toEqual([]);
  });

  it('never wait longer than the longest interval', () => {
    const state = running(retried({ ...options, maxRetryIntervalInMilliseconds: 200 }));
    expect(decide(state, ...first, scheduled(0), end, begin(0), taskFailed(0))).toEqual(['timer 1 +200']);
  });

  it('keep the id that a child was given', () => {
    const state = running({ ...callChild('kid'), actionType: 3, retryOptions: options });
    const failed = [
      ...first,
      childCreated(0, 'Child', 'kid'),
      end,
      begin(0),
      { type: 'SubOrchestrationInstanceFailed', at: at(0), taskId: 0, reason: 'no', details: null },
      timerCreated(1, 1000),
      end,
      begin(1000),
      timerFired(1),
    ] as const;
    expect(decide(state, ...failed)).toEqual(['child 2 Child kid']);
  });

  it('beyond six days are not scheduled at all', () => {
    const { decisions, warnings } = replayState(
      running(retried({ ...options, maxRetryIntervalInMilliseconds: 7 * DAY })),
      first,
    );
    expect(decisions).toEqual([]);
    expect(warnings).toHaveLength(1);
  });
});

describe('sub-orchestrations', () => {
  it('without an id are named after the execution and their number', () => {
    expect(
      decide(running(callActivity('A'), callChild()), ...first, scheduled(0, 'A'), completed(0)),
    ).toEqual(['child 1 Child x:1']);
  });

  it('may not have the id of their parent or of its parent', () => {
    const parent = { name: 'P', instanceId: 'grand', executionId: 'y', taskId: 0 };
    for (const id of ['I', 'grand', '@x']) {
      const { decisions, warnings } = replayState(running(callChild(id)), [begin(0), started({ parent })]);
      expect(decisions).toEqual([]);
      expect(warnings).toHaveLength(1);
    }
  });
});

describe('functions that do not exist', () => {
  it('are never scheduled, and the developer is told', () => {
    const { decisions, warnings } = replayState(running(callActivity('Unknown')), first);
    expect(decisions).toEqual([]);
    expect(warnings[0]).toContain("'Unknown' doesn't exist");
  });

  it('do not keep other members of all from being scheduled', () => {
    expect(decide(running(all(callActivity('Unknown'), callActivity('A'))), ...first)).toEqual(['task 0 A']);
  });
});

describe('long timers', () => {
  it('run in pieces of three days, the last one to the due time', () => {
    const state = running(timer(7 * DAY), callActivity('A'));
    expect(decide(state, ...first)).toEqual([`timer 0 +${3 * DAY}`]);
    const second = [...first, timerCreated(0, 3 * DAY), end, begin(3 * DAY), timerFired(0)];
    expect(decide(state, ...second)).toEqual([`timer 1 +${6 * DAY}`]);
    const third = [...second, timerCreated(1, 6 * DAY), end, begin(6 * DAY), timerFired(1)];
    expect(decide(state, ...third)).toEqual([`timer 2 +${7 * DAY}`]);
    expect(decide(state, ...third, timerCreated(2, 7 * DAY), end, begin(7 * DAY), timerFired(2))).toEqual([
      'task 3 A',
    ]);
  });

  it('get one more piece when the last one fires early', () => {
    const state = running(timer(6 * DAY + 1), callActivity('A'));
    const early = [...first, timerCreated(0, 3 * DAY), end, begin(6 * DAY), timerFired(0)];
    expect(decide(state, ...early)).toEqual([`timer 1 +${6 * DAY + 1}`]);
  });

  it('of six days are one piece', () => {
    expect(decide(running(timer(6 * DAY)), ...first)).toEqual([`timer 0 +${6 * DAY}`]);
  });
});

describe('callHttp', () => {
  const answered = (taskId: number, statusCode: number, headers: object) =>
    completed(taskId, { statusCode, headers, content: '' });

  it('polls the Location of a 202 after Retry-After, without the function key', () => {
    const state = running(http({ headers: { 'X-Functions-Key': 'secret', accept: 'x' } }));
    const task = scheduled(0, 'BuiltIn::HttpActivity');
    const accepted = [
      ...first,
      task,
      end,
      begin(0),
      answered(0, 202, { location: 'http://l/', 'retry-after': '7' }),
    ];
    expect(decide(state, ...accepted)).toEqual(['timer 1 +7000']);
    const { decisions } = replayState(state, [
      ...accepted,
      timerCreated(1, 7000),
      end,
      begin(7000),
      timerFired(1),
    ]);
    expect(decisions).toEqual([
      {
        kind: 'ScheduleTask',
        id: 2,
        name: 'BuiltIn::HttpActivity',
        input: JSON.stringify({ method: 'GET', uri: 'http://l/', headers: { accept: 'x' } }),
      },
    ]);
  });

  it('waits thirty seconds without Retry-After', () => {
    const history = [
      ...first,
      scheduled(0, 'BuiltIn::HttpActivity'),
      end,
      begin(0),
      answered(0, 202, { Location: 'l' }),
    ];
    expect(decide(running(http()), ...history)).toEqual(['timer 1 +30000']);
  });

  it('does not poll when told not to', () => {
    const state = running(http({ asynchronousPatternEnabled: false }), callActivity('A'));
    const history = [
      ...first,
      scheduled(0, 'BuiltIn::HttpActivity'),
      end,
      begin(0),
      answered(0, 202, { Location: 'l' }),
    ];
    expect(decide(state, ...history)).toEqual(['task 1 A']);
  });

  it('warns of a 202 without Location, which the engine and the SDK understand differently', () => {
    const history = [...first, scheduled(0, 'BuiltIn::HttpActivity'), end, begin(0), answered(0, 202, {})];
    const after = [...history, timerCreated(1, 30_000), end, begin(30_000), timerFired(1)];
    expect(replayState(running(http()), after).warnings[0]).toContain('without a Location');
  });
});

describe('a history that does not fit', () => {
  const prefix = 'Non-Deterministic workflow detected: A previous execution of this orchestration scheduled ';

  it('fails when another activity was scheduled, and what was decided instead is scheduled all the same', () => {
    const [task, failure] = decide(
      running(callActivity('B')),
      ...first,
      scheduled(0, 'A'),
      end,
      begin(1),
      completed(0),
    );
    expect(task).toBe('task 0 B');
    expect(failure).toBe(
      `Failed 1 ${prefix}an activity task with sequence number 0 named 'A', but the current orchestration replay instead scheduled an activity task named 'B' with this sequence number.  Was a change made to the orchestrator code after this instance had already started running?`,
    );
  });

  it('fails when nothing was decided under the number', () => {
    expect(decide(running(waitFor('Go')), ...first, scheduled(0, 'A'))).toEqual([
      `Failed 0 ${prefix}an activity task with sequence ID 0 and name 'A' (version ''), but the current replay execution hasn't (yet?) scheduled this task. Was a change made to the orchestrator code after this instance had already started running?`,
    ]);
  });

  it.each([
    ['a timer instead of a task', running(timer(1)), scheduled(0, 'A'), 'CreateTimerOrchestratorAction'],
    [
      'a task instead of a timer',
      running(callActivity('A')),
      timerCreated(0, 1),
      'ScheduleTaskOrchestratorAction',
    ],
    [
      'a task instead of a child',
      running(callActivity('A')),
      childCreated(0),
      'ScheduleTaskOrchestratorAction',
    ],
  ])('fails for %s', (_what, state, event, className) => {
    expect(decide(state, ...first, event).at(-1)).toContain(className);
  });

  it('fails for a child of another name or none, and for a missing timer', () => {
    expect(decide(running(callChild()), ...first, childCreated(0, 'Other', 'x:0')).at(-1)).toContain(
      'instead scheduled a sub-orchestration task with name Child',
    );
    expect(decide(running(waitFor('Go')), ...first, childCreated(0)).at(-1)).toContain("hasn't (yet?)");
    expect(decide(running(waitFor('Go')), ...first, timerCreated(0, 1)).at(-1)).toContain("hasn't (yet?)");
  });

  it('does not mind another case of the name', () => {
    expect(decide(done(1, callActivity('a')), ...first, scheduled(0, 'A'), completed(0))).toEqual([
      'Completed 1 1',
    ]);
  });

  it('with two starts, or none, is refused', () => {
    expect(() => decide(running(), begin(0), started(), started())).toThrow('Multiple ExecutionStartedEvent');
    expect(() => decide(running(), begin(0))).toThrow('ExecutionStarted event is required');
  });
});

describe('custom status', () => {
  it('is what the answer says, and none when it says none', () => {
    expect(replayState({ ...running(), customStatus: { a: 1 } }, first).customStatus).toBe('{"a":1}');
    expect(replayState(running(), first).customStatus).toBeNull();
  });

  it('above 16 KB of UTF-16 fails the orchestration', () => {
    const fits = replayState({ ...running(), customStatus: 'x'.repeat(8701) }, first);
    expect(fits.decisions).toEqual([]);
    const tooLong = { ...running(callActivity()), customStatus: 'x'.repeat(8702) };
    expect(decide(tooLong, ...first)[0]).toContain(
      "Orchestrator function 'Flow' failed: The UTF-16 size of the JSON-serialized payload must not exceed 16 KB. The current payload size is 17 KB.",
    );
    expect(replayState(tooLong, first).customStatus).toBeNull();
  });
});
