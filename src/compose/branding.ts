import type { Config } from '../config/schema.ts';
import { type Branding, readBranding } from '../http/branding.ts';
import { checkTemplates } from '../oidc/check-templates.ts';

/** @throws BridgeError `configuration_invalid` with the file and what is wrong with it */
export function openBranding({ branding: options }: Pick<Config, 'branding'>): Branding {
  const branding = readBranding(options);
  checkTemplates(branding);
  return branding;
}
