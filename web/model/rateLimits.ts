/** Jobs a minute, of an operation and of a drain; the API refuses what is outside. */
export const rateLimits = { min: 1, max: 6000 };
