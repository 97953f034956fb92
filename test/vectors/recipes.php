<?php
// Known answers for recipes, written as the legacy software itself writes them in PHP.
//   php test/vectors/recipes.php     writes recipes.json beside this file
// Passwords are hexadecimal, since not all of them are text.

$passwords = ['ascii' => 'correct horse battery staple', 'utf-8' => "p\u{e4}ssw\u{f6}rd-\u{3a9}-\u{1f510}"];
$salt = "s\u{e4}lt";
$user = ['username' => 'Alice'];
$pepper = ['pepper' => "site-wide \u{20ac}"];

function symfony(string $digest, string $password, string $salt, int $rounds): string
{
    $salted = $salt === '' ? $password : $password . '{' . $salt . '}';
    $made = hash($digest, $salted, true);
    for ($i = 1; $i < $rounds; $i++) $made = hash($digest, $made . $salted, true);
    return base64_encode($made);
}

function authlogic(string $digest, string $text, int $stretches): string
{
    for ($i = 0; $i < $stretches; $i++) $text = hash($digest, $text);
    return $text;
}

function utf16(string $text): string
{
    return encode($text, 'UTF-16LE');
}

function encode(string $text, string $charset): string
{
    return iconv('UTF-8', $charset, $text);
}

/** What each recipe makes of a password, and what else stands in the row. */
$recipes = [
    ['md4', fn ($p) => hash('md4', $p), []],
    ['md4(utf16le($pass))', fn ($p) => hash('md4', utf16($p)), []],
    ['sha224', fn ($p) => hash('sha224', $p), []],
    ['sha384', fn ($p) => hash('sha384', $p), []],
    ['sha512', fn ($p) => hash('sha512', $p), []],
    ['sha3-256', fn ($p) => hash('sha3-256', $p), []],
    ['sha3_384($pass)', fn ($p) => hash('sha3-384', $p), []],
    ['sha3-512', fn ($p) => hash('sha3-512', $p), []],
    ['md5(md5($pass))', fn ($p) => md5(md5($p)), []],
    ['md5(upper(md5($pass)))', fn ($p) => md5(strtoupper(md5($p))), []],
    ['md5(sha1($pass))', fn ($p) => md5(sha1($p)), []],
    ['sha1(md5($pass))', fn ($p) => sha1(md5($p)), []],
    ['sha256(sha256_bin($pass))', fn ($p) => hash('sha256', hash('sha256', $p, true)), []],
    ['sha1(base64(md5_bin($pass)))', fn ($p) => sha1(base64_encode(md5($p, true))), []],
    ['md5(hex($pass))', fn ($p) => md5(bin2hex($p)), []],
    ['md5(md5($pass).$salt)', fn ($p) => md5(md5($p) . $salt), ['salt' => $salt]],
    ['md5($salt.md5($pass))', fn ($p) => md5($salt . md5($p)), ['salt' => $salt]],
    ['md5(md5($salt).md5($pass))', fn ($p) => md5(md5($salt) . md5($p)), ['salt' => $salt]],
    ['md5(md5($pass).md5($salt))', fn ($p) => md5(md5($p) . md5($salt)), ['salt' => $salt]],
    ['sha1($salt.sha1($pass))', fn ($p) => sha1($salt . sha1($p)), ['salt' => $salt]],
    ['sha1($salt.sha1($salt.sha1($pass)))', fn ($p) => sha1($salt . sha1($salt . sha1($p))), ['salt' => $salt]],
    ["sha1('--'.\$salt.'--'.\$pass.'--')", fn ($p) => sha1("--$salt--$p--"), ['salt' => $salt]],
    ['sha1(lower($username).$pass)', fn ($p) => sha1(strtolower('Alice') . $p), $user],
    ["'md5'.md5(\$pass.\$username)", fn ($p) => 'md5' . md5($p . 'Alice'), $user],
    ['md5($pepper.$pass)', fn ($p) => md5($pepper['pepper'] . $p), $pepper],
    ['hmac_md5($pass, $salt)', fn ($p) => hash_hmac('md5', $salt, $p), ['salt' => $salt]],
    ['hmac-sha1($salt, $pass)', fn ($p) => hash_hmac('sha1', $p, $salt), ['salt' => $salt]],
    ['hmac_sha256($pepper, $pass.$salt)', fn ($p) => hash_hmac('sha256', $p . $salt, $pepper['pepper']), ['salt' => $salt] + $pepper],
    ['hmac_sha512($salt, $pass)', fn ($p) => hash_hmac('sha512', $p, $salt), ['salt' => $salt]],
    ['hmac_sha1(utf16le($pass), utf16le($pass))', fn ($p) => base64_encode(hash_hmac('sha1', utf16($p), utf16($p), true)), []],
    ['base64(sha1_bin(utf16le($pass)))', fn ($p) => base64_encode(sha1(utf16($p), true)), []],
    ['sha256(unbase64($salt).utf16le($pass))', fn ($p) => base64_encode(hash('sha256', "\x00\xff\x10" . utf16($p), true)), ['salt' => base64_encode("\x00\xff\x10")]],
    ['sha1(unhex($salt).$pass)', fn ($p) => sha1("\x00\xff\x10" . $p), ['salt' => '00FF10']],
    ['md5("\x00".$pass."\"")', fn ($p) => md5("\0$p\""), []],
    ['base64(md5($pass))', fn ($p) => base64_encode(md5($p)), []],
    ["'{SHA256}'.base64(sha256_bin(\$pass)).'='", fn ($p) => '{SHA256}' . base64_encode(hash('sha256', $p, true)) . '=', []],
    ['repeat(5000, sha512_bin($last.$pass.braced($salt)))', fn ($p) => symfony('sha512', $p, $salt, 5000), ['salt' => $salt]],
    ['repeat(3, sha256_bin($last.$pass.braced($salt)))', fn ($p) => symfony('sha256', $p, '', 3), ['salt' => '']],
    ['repeat(20, sha512($last), $pass.$salt)', fn ($p) => authlogic('sha512', $p . $salt, 20), ['salt' => $salt]],
    ['repeat(1, md5($last), $pass)', fn ($p) => md5($p), []],
    ['pbkdf2_hmac_sha256($pass, $salt, 10, 40)', fn ($p) => hash_pbkdf2('sha256', $p, $salt, 10, 80), ['salt' => $salt]],
    ['base64(pbkdf2_hmac_sha1_bin($pass, $salt, 7, 20))', fn ($p) => base64_encode(hash_pbkdf2('sha1', $p, $salt, 7, 20, true)), ['salt' => $salt]],
    ['bcrypt(md5($pass))', fn ($p) => crypt(md5($p), '$2y$04$abcdefghijklmnopqrstuu'), []],
    ['bcrypt(sha512($salt.$pass))', fn ($p) => crypt(hash('sha512', $salt . $p), '$2y$04$abcdefghijklmnopqrstuu'), ['salt' => $salt]],
    ['bcrypt(base64(sha384_bin($pass)))', fn ($p) => crypt(base64_encode(hash('sha384', $p, true)), '$2y$04$abcdefghijklmnopqrstuu'), []],
    ['argon2id(sha1($salt.$pass))', fn ($p) => password_hash(sha1($salt . $p), PASSWORD_ARGON2ID, ['memory_cost' => 64, 'time_cost' => 2, 'threads' => 1]), ['salt' => $salt]],
];

$entries = [];
foreach ($recipes as [$scheme, $make, $row]) {
    foreach ($passwords as $about => $password) {
        $encoded = $make($password);
        foreach (["$password" => true, "$password." => false] as $typed => $matches) {
            $entries[] = ['scheme' => $scheme, 'about' => "$scheme, $about" . ($matches ? '' : ', one byte more'),
                'passwordHex' => bin2hex($typed), 'encoded' => $encoded] + $row + ['matches' => $matches];
        }
    }
}
// iconv makes the bytes that a page in these charsets would have sent.
foreach (['latin1' => 'ISO-8859-1', 'cp1252' => 'WINDOWS-1252'] as $name => $charset) {
    $password = $name === 'latin1' ? "p\u{e4}ssw\u{f6}rd" : "p\u{e4}ssw\u{f6}rd \u{20ac}\u{201c}";
    $encoded = md5(encode($password, $charset));
    foreach ([$password => true, "$password." => false] as $typed => $matches) {
        $entries[] = ['scheme' => "md5($name(\$pass))", 'about' => "md5 of $charset" . ($matches ? '' : ', one byte more'),
            'passwordHex' => bin2hex($typed), 'encoded' => $encoded, 'matches' => $matches];
    }
    $entries[] = ['scheme' => 'md5', 'about' => "md5 of $charset is not md5 of UTF-8",
        'passwordHex' => bin2hex($password), 'encoded' => $encoded, 'matches' => false];
}

$json = json_encode(['generator' => 'PHP ' . PHP_VERSION . ' hash(), crypt(), password_hash()', 'entries' => $entries],
    JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
file_put_contents(__DIR__ . '/recipes.json', str_replace('    ', '  ', $json) . "\n");
