import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientMetadata } from '../../../src/clients/client.ts';
import { clientOptions } from '../../../src/clients/options.ts';
import { type ConsoleWorld, expectAccessible, openConsole, submit } from '../../support/console.ts';

let world: ConsoleWorld;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

const CALLBACK = 'https://shop.example.com/callback';
const off = { target: undefined, mode: 'off', percent: 100 } as const;
const text = async (page: Page) => (await page.locator('main').textContent())?.replaceAll(/\s+/g, ' ') ?? '';
const register = (client_id: string) =>
  world.clients.add(clientMetadata.parse({ client_id, redirect_uris: [CALLBACK] }), off, 'test');

async function isSecretOf(clientId: string, secret: string): Promise<boolean> {
  const client = await world.clients.find(clientId);
  return client !== undefined && world.clients.verifySecret(client, secret);
}

test('While there is no client, the list says what to do next.', async () => {
  const page = await world.open('/clients');
  expect(await text(page)).toContain('No client is registered yet');
  await page.getByRole('link', { name: 'Register a client' }).click();
  expect(page.url()).toBe(`${world.url}/clients/new`);
  await page.context().close();
});

test('A client is registered without scripts: faults keep what was typed, and the secret is shown once.', async () => {
  const page = await world.open('/clients/new', { javaScriptEnabled: false });
  await page.getByLabel('Client id').fill('shop');
  await page.getByLabel('Name').fill('The <Shop>');
  await page.getByLabel('Redirect URIs').fill(`${CALLBACK}\nhttp://shop.example.com/`);
  await page.getByLabel('Mode to begin with').selectOption('lazy');
  await submit(page, 'Register it');
  expect(await text(page)).toContain('http://shop.example.com/: must be an absolute https: URL');
  expect(await page.getByLabel('Name').inputValue()).toBe('The <Shop>');
  expect(await world.clients.find('shop')).toBeUndefined();

  await page.getByLabel('Redirect URIs').fill(CALLBACK);
  await page.getByLabel('Target').selectOption('');
  await submit(page, 'Register it');
  expect(await page.getByRole('alert').textContent()).toContain('Mode "lazy" is about copying people');
  await page.getByLabel('Target').selectOption('new');
  await submit(page, 'Register it');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The <Shop> is registered');
  const secret = (await page.locator('#client-secret').textContent()) ?? '';
  expect(await isSecretOf('shop', secret)).toBe(true);
  expect(await text(page)).toContain('https://login.example.com/.well-known/openid-configuration');
  expect((await world.clients.find('shop'))?.migration).toMatchObject({ target: 'new', mode: 'lazy' });

  await page.getByRole('link', { name: 'Go on to The <Shop>' }).click();
  expect(await text(page)).not.toContain(secret);
  await page.goto(`${world.url}/clients/new`);
  await page.getByLabel('Client id').fill('shop');
  await page.getByLabel('Redirect URIs').fill(CALLBACK);
  await submit(page, 'Register it');
  expect(await page.getByRole('alert').textContent()).toContain('shop');
  await page.context().close();
});

test('The form with its faults and the page of the secret are accessible; the secret is copied by its button.', async () => {
  const page = await world.open('/clients/new', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByLabel('Client id').fill('accessible');
  await submit(page, 'Register it');
  await expectAccessible(page);
  await page.getByLabel('Redirect URIs').fill(CALLBACK);
  await submit(page, 'Register it');
  await expectAccessible(page);
  await page.locator('[data-copy=client-secret]').click();
  await page.getByText('Copied', { exact: true }).waitFor();
  const secret = (await page.evaluate('navigator.clipboard.readText()')) as string;
  expect(await isSecretOf('accessible', secret)).toBe(true);
  expect(world.complaints.filter((line) => !line.includes('status of 400'))).toEqual([]);
  await page.context().close();
});

test('A value of the setup sheet is copied by its button.', async () => {
  await register('copied');
  const page = await world.open('/clients/copied/setup', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('button', { name: `Copy ${CALLBACK}` }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(CALLBACK);
  await page.context().close();
  const plain = await world.open('/clients/copied/setup', { javaScriptEnabled: false });
  expect(await plain.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
  expect(await text(plain)).toContain(CALLBACK);
  await plain.context().close();
});

test('A registration is edited, but not over the change of somebody who was faster.', async () => {
  await register('edited');
  const page = await world.open('/clients/edited/edit', { javaScriptEnabled: false });
  await page.getByLabel('Name').fill('Renamed');
  await page.getByLabel('Redirect URIs').fill('');
  await submit(page, 'Save');
  expect(await text(page)).toContain('needs at least one address to come back to');
  await page.getByLabel('Redirect URIs').fill('https://other.example.com/cb');
  await submit(page, 'Save');
  expect(await page.getByRole('status').first().textContent()).toContain(
    'The registration of Renamed was changed.',
  );
  expect((await world.clients.find('edited'))?.metadata).toMatchObject({
    client_name: 'Renamed',
    redirect_uris: ['https://other.example.com/cb'],
  });

  await page.goto(`${world.url}/clients/edited/edit`);
  await world.clients.setMode('edited', 'off', 'admin:ben', { percent: 5 });
  await page.getByLabel('Name').fill('Again');
  await submit(page, 'Save');
  expect(await page.getByRole('alert').textContent()).toContain('ben turned the switch meanwhile');
  expect((await world.clients.find('edited'))?.metadata.client_name).toBe('Renamed');
  await page.context().close();
});

test('A new secret is shown once, and the old one is worth nothing.', async () => {
  const old = (await register('rotated')) ?? '';
  const page = await world.open('/clients/rotated/edit', { javaScriptEnabled: false });
  await page.getByText('Make a new secret').click();
  await submit(page, 'Replace the secret now');
  const secret = (await page.locator('#client-secret').textContent()) ?? '';
  expect([await isSecretOf('rotated', secret), await isSecretOf('rotated', old)]).toEqual([true, false]);
  await page.context().close();
});

test('A client is removed by whoever types its id, and nobody else.', async () => {
  await register('doomed');
  const page = await world.open('/clients/doomed/edit', { javaScriptEnabled: false });
  const remove = async (typed: string) => {
    await page.getByText('Remove it').click();
    await page.getByLabel(/^Type doomed/).fill(typed);
    await submit(page, 'Remove for good');
  };
  await remove('something');
  expect(await page.getByRole('alert').textContent()).toContain('Nothing was removed: type "doomed"');
  expect(await world.clients.find('doomed')).toBeDefined();
  await remove('doomed');
  expect(page.url()).toBe(`${world.url}/clients`);
  expect(await page.getByRole('status').textContent()).toContain('doomed was removed');
  expect(await world.clients.find('doomed')).toBeUndefined();
  await page.context().close();
});

test('What the configuration registers is shown, and edited there.', async () => {
  const configured = { client_id: 'fixed', redirect_uris: [CALLBACK], client_secret: 's'.repeat(32) };
  await world.clients.adoptConfigured([clientOptions.parse(configured)]);
  const page = await world.open('/clients/fixed/edit');
  expect(await text(page)).toContain('Edit clients in the configuration file');
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  await expectAccessible(page);
  await page.context().close();
});

test('A client of the admin API has no switch, and its sheet says how it asks for a token.', async () => {
  const machine = { client_id: 'deploy', scope: 'admin:read' };
  await world.clients.add(clientMetadata.parse(machine), off, 'test');
  const page = await world.open('/clients/deploy');
  expect(await text(page)).toContain('Nobody logs in with this client');
  expect(await page.getByRole('button', { name: 'See what this changes' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Setup sheet' }).first().click();
  expect(await text(page)).toContain('grant_type=client_credentials');
  await expectAccessible(page);
  await page.context().close();
});

test('A client may be called as it likes: its pages are found all the same.', async () => {
  for (const name of ['new', 'a/b?c#d%20"<x>']) {
    await register(name);
    const page = await world.open('/clients');
    await page.locator('tbody th').getByRole('link', { name, exact: true }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
    await page.getByRole('link', { name: 'Edit' }).click();
    expect(await page.getByRole('heading', { name: 'Remove the client' }).count()).toBe(1);
    await page.context().close();
  }
});
