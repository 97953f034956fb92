import { expect, test } from 'vitest';
import { appOf } from '../../../src/oidc/interaction/app-of.ts';

test.each([
  [{}, undefined],
  [{ acr_values: 'urn:mfa app:shop app:wiki' }, 'shop'],
  [{ acr_values: 'app:' }, undefined],
  [{ acr_values: 'urn:app:shop' }, undefined],
  [{ acr_values: 'app:shop', app: 'wiki' }, 'wiki'],
  [{ acr_values: 'app:shop', app: '' }, 'shop'],
  [{ acr_values: ['app:shop'] }, undefined],
])('The parameters %j name the app %j.', (params, app) => {
  expect(appOf(params, { acrPrefix: 'app:', parameter: 'app' })).toBe(app);
});

test('A parameter names no app unless it is configured.', () => {
  expect(appOf({ app: 'wiki' }, { acrPrefix: 'app:' })).toBeUndefined();
});
