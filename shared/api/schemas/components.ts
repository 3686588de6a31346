import { endpointSchemas } from './endpointSchemas.ts';
import { groupSchemas } from './groupSchemas.ts';
import { bundleSchemas } from './bundleSchemas.ts';
import { jobSchemas } from './jobSchemas.ts';
import { notifySchemas } from './notifySchemas.ts';
import { payloadSchemas } from './payloadSchemas.ts';
import { operationSchemas } from './operationSchemas.ts';
import type { Properties } from './schema.ts';
import { systemSchemas } from './systemSchemas.ts';

/** Every schema that has a name in the document. */
export const components: Properties = {
  ...jobSchemas,
  ...bundleSchemas,
  ...groupSchemas,
  ...endpointSchemas,
  ...payloadSchemas,
  ...operationSchemas,
  ...systemSchemas,
  ...notifySchemas,
};
