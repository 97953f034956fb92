import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../../src/passwords/limits.ts';
import { compileRecipe } from '../../../../src/passwords/recipes/compile.ts';
import { RecipeError, renderRecipeError } from '../../../../src/passwords/recipes/recipe-error.ts';
import { bcrypt } from '../../../../src/passwords/schemes/bcrypt.ts';

const compile = (recipe: string) =>
  compileRecipe(recipe, (name) => (name === bcrypt.name ? bcrypt : undefined));

function faultOf(recipe: string): string {
  try {
    compile(recipe);
  } catch (error) {
    if (error instanceof RecipeError) return `\n${renderRecipeError(recipe, error)}`;
    throw error;
  }
  return 'none';
}

describe('A recipe that cannot be read', () => {
  test('is shown with a caret under the place.', () => {
    const recipes = [
      '',
      'md5',
      'md5(',
      'md5()',
      'md5($pass',
      'md5($pass))',
      'md5($pass)$salt',
      'md5($pass $salt)',
      'md5($pass.)',
      'md5(.$pass)',
      'md5(pass)',
      'md5($pass, $salt)',
      'md5($password)',
      'md5($pass+$salt)',
      'sha1024($pass)',
      'hmac_md5($pass)',
      'HMAC-SHA1 (key = $pass)',
      'md5($pass.1)',
      "md5('a\\d'.$pass)",
    ];
    expect(recipes.map(faultOf).join('\n')).toMatchInlineSnapshot(`
      "
      the recipe ends here, but a function, a variable or a quoted text is missing
            
            ^

      a function needs its parentheses; a variable begins with $, literal text stands in quotes
            md5
            ^

      the recipe ends here, but a function, a variable or a quoted text is missing
            md5(
                ^

      here a function, a variable or a quoted text is missing
            md5()
                ^

      this parenthesis is not closed
            md5($pass
               ^

      this parenthesis was never opened
            md5($pass))
                      ^

      here a "." is missing
            md5($pass)$salt
                      ^

      here a "." or a "," or a ")" is missing
            md5($pass $salt)
                      ^

      here a function, a variable or a quoted text is missing
            md5($pass.)
                      ^

      here a function, a variable or a quoted text is missing
            md5(.$pass)
                ^

      a function needs its parentheses; a variable begins with $, literal text stands in quotes
            md5(pass)
                ^

      write md5(value)
            md5($pass, $salt)
            ^

      a variable is $pass, $salt, $username or $pepper
            md5($password)
                ^

      this has no place in a recipe; literal text stands in quotes
            md5($pass+$salt)
                     ^

      there is no function called "sha1024"
            sha1024($pass)
            ^

      write hmac_md5(key, message)
            hmac_md5($pass)
            ^

      write the key of an HMAC first: hmac_sha256(key, message)
            HMAC-SHA1 (key = $pass)
                           ^

      a number stands here alone: literal text needs quotes
            md5($pass.1)
                      ^

      a backslash stands before \\, ' and ", or in \\xHH
            md5('***'.$pass)
                  ^"
    `);
  });

  test('nor compiled is shown with a caret as well.', () => {
    const recipes = [
      '$pass',
      'upper($pass)',
      'md5($salt)',
      "md5('admin')",
      'md5($pass).$salt',
      'md5($pass).md5($pass)',
      'utf16le(md5($pass))',
      'upper(md5_bin($pass))',
      'md5(bcrypt($pass))',
      'bcrypt($pass, 10)',
      'bcrypt(md5($salt))',
      'md5($last.$pass)',
      'md5(unhex($pass))',
      'md5(unhex(md5($pass)))',
      'repeat($pass, 5)',
      'repeat(5, $last.$pass)',
      'repeat(5, md5($pass))',
      "repeat(5, md5($last), 'start')",
      "repeat(5, md5($last.'step'))",
      'repeat(0, md5($last), $pass)',
      'repeat(500001, md5($last), $pass)',
      'repeat(1000, sha1(repeat(1000, md5($last.$pass)).$last))',
      'repeat(25001, hmac_md5($last, $pass))',
      'repeat(99999999999, md5($last), $pass)',
      'pbkdf2_hmac_sha1($pass, $salt, 1000, 4)',
      'pbkdf2_hmac_sha1($pass, $salt, 9000000, 20)',
      'repeat(200000, md5($last.$pass.$salt))',
      'repeat(50000, md5($last.htmlspecialchars($pass)))',
      'md5(hex(hex(hex(hex(hex($pass))))))',
      `${'md5('.repeat(20)}$pass${')'.repeat(20)}`,
    ];
    expect(recipes.map(faultOf).join('\n')).toMatchInlineSnapshot(`
      "
      what is stored must be a digest, with quoted text and $salt beside it at most: put a function such as md5(...) around the whole
            $pass
            ^

      what is stored must be a digest, with quoted text and $salt beside it at most: put a function such as md5(...) around the whole
            upper($pass)
            ^

      this does not depend on $pass, so that anybody could come in
            md5($salt)
            ^

      this does not depend on $pass, so that anybody could come in
            md5('*****')
            ^

      the salt that stands beside the digest is not used in it
            md5($pass).$salt
            ^

      what is stored must be a digest, with quoted text and $salt beside it at most: put a function such as md5(...) around the whole
            md5($pass).md5($pass)
                       ^

      what is stored must be a digest, with quoted text and $salt beside it at most: put a function such as md5(...) around the whole
            utf16le(md5($pass))
            ^

      upper changes text; this is bytes
            upper(md5_bin($pass))
            ^

      bcrypt(...) has a salt of its own: it can only stand outermost
            md5(bcrypt($pass))
                ^

      bcrypt takes one value; its parameters stand in each row
            bcrypt($pass, 10)
            ^

      this does not depend on $pass, so that anybody could come in
            bcrypt(md5($salt))
            ^

      $last is the round before, inside repeat(...) alone
            md5($last.$pass)
                ^

      write unhex($salt); the bytes of a digest are md5_bin(...)
            md5(unhex($pass))
                ^

      write unhex($salt); the bytes of a digest are md5_bin(...)
            md5(unhex(md5($pass)))
                ^

      here a number is missing: repeat(rounds, step) or repeat(rounds, step, start), where the step uses $last
            repeat($pass, 5)
                   ^

      each round must make a digest
            repeat(5, $last.$pass)
                      ^

      the step does not use $last, so that rounds do nothing
            repeat(5, md5($pass))
                      ^

      this does not depend on $pass, so that anybody could come in
            repeat(5, md5($last), '*****')
            ^

      this does not depend on $pass, so that anybody could come in
            repeat(5, md5($last.'****'))
            ^

      there is at least one round
            repeat(0, md5($last), $pass)
                   ^

      this is the work of 500001 digests; verified are recipes of up to 500000
            repeat(500001, md5($last), $pass)
            ^

      this is the work of 1001000 digests; verified are recipes of up to 500000
            repeat(1000, sha1(repeat(1000, md5($last.$pass)).$last))
            ^

      this is the work of 500020 digests; verified are recipes of up to 500000
            repeat(25001, hmac_md5($last, $pass))
            ^

      this number is too large
            repeat(99999999999, md5($last), $pass)
                   ^

      the key has 16 to 128 bytes
            pbkdf2_hmac_sha1($pass, $salt, 1000, 4)
            ^

      this is the work of 1170001 digests; verified are recipes of up to 500000
            pbkdf2_hmac_sha1($pass, $salt, 9000000, 20)
            ^

      this hashes 1611 MiB where password and salt are long; verified are recipes of up to 1024 MiB
            repeat(200000, md5($last.$pass.$salt))
            ^

      this hashes 1965 MiB where password and salt are long; verified are recipes of up to 1024 MiB
            repeat(50000, md5($last.htmlspecialchars($pass)))
            ^

      this becomes longer than 65536 bytes
            md5(hex(hex(hex(hex(hex($pass))))))
                ^

      functions are nested more than 16 deep
            md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5(md5($pass))))))))))))))))))))
                                                                                ^"
    `);
  });

  test('is not shown with what stands between its quotes, which may be a secret.', () => {
    for (const recipe of [
      `md5('hunter2'.$pas)`,
      `md5("hunter2" $pass)`,
      `md5('hunter2.$pass)`,
      `md5('hun\\'ter2'.$pas)`,
      `md5('hunter2\\`,
      `md5('hunter2\n.$pass`,
    ]) {
      expect(faultOf(recipe)).toContain('^');
      expect(faultOf(recipe), recipe).not.toMatch(/hun|ter2/);
    }
  });

  test('is refused for its length before it is read.', () => {
    const long = `md5(${'$pass.'.repeat(100)}$pass)`;
    expect(() => compile(long)).toThrow(`at most ${LIMITS.recipe.length} characters`);
    expect(() => compile('('.repeat(1_000_000))).toThrow(RecipeError);
  });
});

const pieces = fc.constantFrom(
  ...[
    'md5(',
    'sha1(',
    'sha256_bin(',
    'hmac-sha1(',
    'repeat(',
    'bcrypt(',
    'hex(',
    'unhex(',
    'base64(',
    'upper(',
  ],
  ...[
    '$pass',
    '$salt',
    '$last',
    '$username',
    ')',
    ')',
    ',',
    '.',
    ' ',
    '5',
    '5000',
    "'x'",
    "'",
    '"',
    '\\',
    '$',
    'é',
  ],
);

describe('Any text', () => {
  test.each([
    ['of any characters', fc.string({ unit: 'binary', maxLength: 600 })],
    ['of pieces of recipes', fc.array(pieces, { maxLength: 60 }).map((list) => list.join(''))],
  ])('%s is a recipe or a RecipeError with a place in it, in no time.', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const start = performance.now();
        try {
          expect(compile(compile(text).name).name).toBe(compile(text).name);
        } catch (error) {
          if (!(error instanceof RecipeError)) throw error;
          expect(error.offset).toBeGreaterThanOrEqual(0);
          expect(error.offset).toBeLessThanOrEqual(text.length);
          renderRecipeError(text, error);
        }
        expect(performance.now() - start).toBeLessThan(1_000);
      }),
      { seed: 7, numRuns: 3_000 },
    );
  });
});
