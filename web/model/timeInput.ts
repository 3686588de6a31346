const two = (value: number): string => String(value).padStart(2, '0');

/** A time as an input of type `datetime-local` has it: on the reader's clock, to the second. */
export const localInput = (timeMs: number): string => {
  const time = new Date(timeMs);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
};

/** What such an input says, as ISO 8601 in UTC; undefined when it is no time. */
export const timeOfInput = (text: string): string | undefined => {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
};
