import { expect, test } from 'vitest';
import { catalogue, catalogueEntry } from '../../../src/passwords/catalogue.ts';
import { AUTO, schemeNames } from '../../../src/passwords/known-schemes.ts';

test('The catalogue has every scheme that configuration may name, each once.', () => {
  const names = catalogue().map(({ name }) => name);
  expect(names.toSorted()).toEqual(
    schemeNames()
      .filter((name) => name !== AUTO)
      .toSorted(),
  );
  expect(new Set(names).size).toBe(names.length);
});

test('An entry is found by its name, by another name of it, and in any spelling.', () => {
  expect(catalogueEntry('bcrypt')).toMatchObject({
    name: 'bcrypt',
    group: 'prefix',
    parameters: { cost: 10 },
  });
  expect(catalogueEntry('Has_Secure_Password')?.name).toBe('bcrypt');
  expect(catalogueEntry('vBulletin4')).toMatchObject({
    name: 'vbulletin',
    group: 'recipe',
    recipe: 'md5(md5($pass).$salt)',
    needs: ['salt'],
  });
  expect(catalogueEntry('MD5($salt . $pass)')).toMatchObject({ name: 'md5($salt.$pass)', group: 'digest' });
});

test('A recipe and a scheme with parameters of one’s own have an entry as well.', () => {
  expect(catalogueEntry('sha1(sha1($pass))')).toMatchObject({
    name: 'sha1(sha1($pass))',
    judgement: { strength: 'broken' },
  });
  expect(catalogueEntry('pbkdf2-sha512(iterations=210000,length=64)')).toMatchObject({
    needs: ['salt'],
    judgement: { strength: 'strong' },
  });
  expect(catalogueEntry('bcrypt(md5($pass))')).toMatchObject({ layoutOnly: true });
});

test('What is no scheme has none.', () => {
  for (const name of ['', 'auto', 'rot13', 'md5($salt)', '__proto__'])
    expect(catalogueEntry(name)).toBeUndefined();
});
