import { expect, test } from 'vitest';
import { EXIT } from '../../../src/cli/exit-codes.ts';
import { runCli } from '../../../src/cli/run.ts';
import { catalogue } from '../../../src/passwords/catalogue.ts';

async function schemes(...args: string[]) {
  const [printed, complained]: [string[], string[]] = [[], []];
  const unused = () => {
    throw new Error('This command touches nothing of the world.');
  };
  const code = await runCli(['schemes', ...args], {
    env: {},
    clock: unused,
    random: unused,
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    askSecret: () => {
      throw new Error('Nothing is asked.');
    },
    untilStopped: unused,
    kill: unused,
  });
  return { code, text: printed.join('\n'), complaints: complained.join('\n') };
}

test('"schemes" lists every scheme, recipe and family without a configuration.', async () => {
  const { code, text } = await schemes();
  expect(code).toBe(EXIT.ok);
  for (const { name } of catalogue()) expect(text).toContain(`\n  ${name}  `);
  expect(text).toMatch(/prestashop +pepper +broken +PrestaShop/);
});

test('"schemes --json" prints the same as data.', async () => {
  const { text } = await schemes('--json');
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(catalogue())));
});

test('"schemes <name>" tells all of one, by any of its names.', async () => {
  const { code, text } = await schemes('vBulletin3');
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('computes     md5(md5($pass).$salt)');
  expect(text).toContain('of           the password "correct horse battery staple", the salt "c0ffee00"');
  expect(text).toContain('judged       broken: one md5');
});

test('"schemes <recipe>" does not pass the example of another scheme off as its own.', async () => {
  const { text } = await schemes('bcrypt(md5($pass))');
  expect(text).toContain('example      $2y$10$');
  expect(text).not.toContain('correct horse');
});

test('"schemes" of no scheme says which there are, with a caret where it looks like a recipe.', async () => {
  const unknown = await schemes('rot13');
  expect(unknown.code).toBe(EXIT.usage);
  expect(unknown.complaints).toContain('there is no such scheme; schemes: auto, bcrypt');
  expect((await schemes('md5($slat)')).complaints).toContain('^');
  expect((await schemes('auto')).complaints).toContain('each row says which it is of');
});
