/** Where the broker takes its time from, so that a test (or a person) can move it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /**
   * Runs `action` once, as soon as {@link now} has reached `timeMs`.
   *
   * @returns a function that calls it off.
   */
  at(timeMs: number, action: () => void): () => void;
}

/** A clock that runs with the machine's and can be put forward. */
export interface MovableClock extends Clock {
  /** Puts the clock forward and runs, in order of time, everything that has become due. */
  advance(byMs: number): void;
}

interface Appointment {
  readonly timeMs: number;
  readonly action: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** Node's timers take at most 2^31-1 ms; a longer wait is made of several. */
const longestTimerMs = 2 ** 30;

const earliestDue = (appointments: Iterable<Appointment>, nowMs: number): Appointment | undefined => {
  let earliest: Appointment | undefined;
  for (const appointment of appointments) {
    if (appointment.timeMs > nowMs) continue;
    if (earliest === undefined || appointment.timeMs < earliest.timeMs) earliest = appointment;
  }
  return earliest;
};

export const createClock = (): MovableClock => {
  let shiftMs = 0;
  const appointments = new Set<Appointment>();
  const now = (): number => Date.now() + shiftMs;
  const callOff = (appointment: Appointment): boolean => {
    clearTimeout(appointment.timer);
    return appointments.delete(appointment);
  };
  const keep = (appointment: Appointment): void => {
    if (callOff(appointment)) appointment.action();
  };
  const wait = (appointment: Appointment): void => {
    const waitMs = Math.min(Math.max(appointment.timeMs - now(), 0), longestTimerMs);
    appointment.timer = setTimeout(() => {
      if (now() >= appointment.timeMs) keep(appointment);
      else wait(appointment);
    }, waitMs);
  };
  return {
    now,
    at: (timeMs, action) => {
      const appointment: Appointment = { timeMs, action, timer: undefined };
      appointments.add(appointment);
      wait(appointment);
      return () => void callOff(appointment);
    },
    advance: (byMs) => {
      shiftMs += byMs;
      for (let due = earliestDue(appointments, now()); due !== undefined;) {
        keep(due);
        due = earliestDue(appointments, now());
      }
      for (const appointment of appointments) {
        clearTimeout(appointment.timer);
        wait(appointment);
      }
    },
  };
};
