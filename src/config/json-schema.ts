import { z } from 'zod';
import { bridgeOptions } from './schema.ts';

/** The configuration's JSON schema, for editors: `# yaml-language-server: $schema=...` */
export function configJsonSchema(): unknown {
  const { properties, required, ...rest } = z.toJSONSchema(bridgeOptions, {
    io: 'input',
    unrepresentable: 'any',
  });
  return {
    title: 'Footbridge configuration',
    ...rest,
    properties: {
      ...properties,
      secretKeyFile: { type: 'string', description: 'A file that holds the secretKey.' },
    },
    required: required?.filter((name) => name !== 'secretKey'),
    oneOf: [{ required: ['secretKey'] }, { required: ['secretKeyFile'] }],
  };
}
