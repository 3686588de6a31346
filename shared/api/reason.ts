import { plainText } from '../text/plainText.ts';
import { notBlankPattern, text, type Schema } from './schemas/schema.ts';

/** In characters; it is kept on each job that a bulk operation acts on. */
const longestReason = 500;

/** Why a person asks for something, as a body has it. */
export const reasonText = (description: string): Schema =>
  text(description, { minLength: 1, maxLength: longestReason, pattern: notBlankPattern });

/** A reason as it is kept and shown. */
export const plainReason = (reason: string): string => plainText(reason, longestReason);
