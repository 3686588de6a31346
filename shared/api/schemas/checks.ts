import { Ajv, type ErrorObject } from 'ajv';
import type { Schema } from './schema.ts';

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const isTime = (text: string): boolean => isoTime.test(text) && !Number.isNaN(Date.parse(text));

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Checks with our formats: `date-time`, seconds may be left out, and `time-or-day`, which takes a day for its start. */
const ajv = new Ajv({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  verbose: true,
  formats: {
    'date-time': isTime,
    'time-or-day': (text: string) => isTime(text) || isDate(text),
  },
});

export type SchemaCheck = (value: unknown) => readonly ErrorObject[];

/** A check of values by a schema; it is compiled when it is first used. All faults are reported. */
export const checkOf = (schema: Schema): SchemaCheck => {
  let compiled: ReturnType<typeof ajv.compile> | undefined;
  return (value) => {
    compiled ??= ajv.compile(schema);
    return compiled(value) ? [] : (compiled.errors ?? []);
  };
};
