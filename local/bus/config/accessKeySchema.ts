/** JSON Schema of `AccessKey`. */
export const accessKey = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'rights', 'primaryKey'],
  properties: {
    name: { type: 'string', minLength: 1 },
    rights: { type: 'array', minItems: 1, items: { enum: ['Send', 'Listen', 'Manage'] } },
    primaryKey: { type: 'string', minLength: 1 },
    secondaryKey: { type: 'string', minLength: 1 },
  },
} as const;
