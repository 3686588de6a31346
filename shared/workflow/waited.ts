/**
 * How a wait for a time or a wake-up ended. The engine gives a wake-up to the wait that began last, also to one that its
 * timer has ended, and a wait cannot be called off: behind `due` it would swallow the next wake-up that comes while an
 * activity runs. So a generation ends there, and no wait of it is left.
 */
export type Waited = 'due' | 'woken';
