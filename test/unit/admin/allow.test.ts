import { expect, test } from 'vitest';
import { actorOf, isAllowed } from '../../../src/admin/access/allow.ts';
import { adminOptions, adminUrl } from '../../../src/admin/options.ts';

const rule = (allow: object) => ({ allow, groupsClaim: 'groups' });

test('A group lets in, as a list or alone; an empty rule lets nobody in.', () => {
  const admins = rule({ groups: ['migration-admins'] });
  expect(isAllowed({ sub: '1', groups: ['a', 'migration-admins'] }, admins)).toBe(true);
  expect(isAllowed({ sub: '1', groups: 'migration-admins' }, admins)).toBe(true);
  expect(isAllowed({ sub: '1', groups: 'not-migration-admins' }, admins)).toBe(false);
  expect(isAllowed({ sub: '1', groups: { 0: 'migration-admins' } }, admins)).toBe(false);
  expect(isAllowed({ sub: '1', email: 'a@b.c', email_verified: true }, rule({}))).toBe(false);
});

test('An address lets in when the issuer verified it, in any case of its letters.', () => {
  const ann = rule({ emails: ['ann@example.com'] });
  expect(isAllowed({ email: 'Ann@Example.com', email_verified: true }, ann)).toBe(true);
  for (const verified of [false, undefined, 'true', 1]) {
    expect(isAllowed({ email: 'ann@example.com', email_verified: verified }, ann)).toBe(false);
  }
  expect(actorOf({ sub: 's', email: 'a@b.c', email_verified: true })).toBe('admin:a@b.c');
  expect(actorOf({ sub: 's', email: 'a@b.c' })).toBe('admin:s');
});

test('A rule that names nobody, a foreign http issuer and an address with a path are errors of the configuration.', () => {
  const oidc = {
    issuer: 'https://idp.example.com',
    clientId: 'c',
    clientSecret: 's',
    allow: { groups: ['a'] },
  };
  const parse = (changes: object) => adminOptions.safeParse({ oidc: { ...oidc, ...changes } }).success;
  expect(parse({})).toBe(true);
  expect(parse({ allow: {} })).toBe(false);
  expect(parse({ issuer: 'http://idp.example.com' })).toBe(false);
  expect(adminOptions.safeParse({ url: 'https://admin.example.com/x' }).success).toBe(false);
  expect(adminUrl(adminOptions.parse({})).href).toBe('http://127.0.0.1:4001/');
  expect(adminUrl(adminOptions.parse({ url: 'https://admin.example.com' })).href).toBe(
    'https://admin.example.com/',
  );
});
