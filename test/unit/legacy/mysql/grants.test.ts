import { expect, test } from 'vitest';
import { parseGrant } from '../../../../src/legacy/mysql/grants.ts';

test('Rights are read with their column lists, whatever the names in them.', () => {
  expect(
    parseGrant('GRANT SELECT (`id`, `a,b`), UPDATE (`x) ON y`) ON `db`.`t` TO `u`@`%` WITH GRANT OPTION'),
  ).toEqual({
    kind: 'rights',
    rights: ['SELECT', 'UPDATE'],
    written: ['SELECT (`id`, `a,b`)', 'UPDATE (`x) ON y`)'],
    on: '`db`.`t`',
    withGrantOption: true,
  });
  expect(parseGrant('GRANT INSERT ON `o`` ON x`.* TO `g1`@`%`')).toMatchObject({
    on: '`o`` ON x`.*',
    rights: ['INSERT'],
  });
});

test('The hash that MariaDB writes into a line goes nowhere.', () => {
  const line =
    "GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*B69027D44F6E5EDC07F1AEAD1477967B16F28227'";
  const grant = parseGrant(line);
  expect(grant).toMatchObject({ rights: ['USAGE'], on: '*.*', withGrantOption: false });
  expect(JSON.stringify(grant)).not.toContain('B69027D');
});

test('All privileges, dynamic privileges, routines and proxies are rights.', () => {
  expect(parseGrant('GRANT ALL PRIVILEGES ON `d`.* TO `u`@`%`')).toMatchObject({
    rights: ['ALL PRIVILEGES'],
  });
  expect(parseGrant('GRANT BACKUP_ADMIN,CLONE_ADMIN ON *.* TO `u`@`%`')).toMatchObject({
    rights: ['BACKUP_ADMIN', 'CLONE_ADMIN'],
  });
  expect(parseGrant('GRANT EXECUTE ON PROCEDURE `d`.`p` TO `u`@`%`')).toMatchObject({
    rights: ['EXECUTE'],
    on: '`d`.`p`',
  });
  expect(parseGrant("GRANT PROXY ON ''@'' TO 'root'@'localhost' WITH GRANT OPTION")).toMatchObject({
    rights: ['PROXY'],
    withGrantOption: true,
  });
});

test('Roles are roles, and lines that grant nothing are nothing.', () => {
  expect(parseGrant('GRANT `r1`@`%` TO `g1`@`%`')).toEqual({ kind: 'role', role: '`r1`@`%`' });
  expect(parseGrant('GRANT `r1` TO `g1`@`%` WITH ADMIN OPTION')).toEqual({ kind: 'role', role: '`r1`' });
  expect(parseGrant('SET DEFAULT ROLE `r1` FOR `g1`@`%`')).toBeUndefined();
});
