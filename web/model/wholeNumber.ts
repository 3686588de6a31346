/** A whole number that a person wrote, within limits; undefined when it is none. */
export const wholeNumber = (text: string, { min, max }: { min: number; max: number }): number | undefined => {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && value >= min && value <= max ? value : undefined;
};
