<?php
// Known answers made by software that is not ours: PHP's crypt() and hash functions, and the `argon2` tool.
//   php test/vectors/generate.php     writes bcrypt.json, argon2.json and digests.json beside this file
// Passwords are hexadecimal, since not all of them are text.

$passwords = [
    'ascii' => 'correct horse battery staple',
    'utf-8' => "p\u{e4}ssw\u{f6}rd-\u{3a9}-\u{1f510}",
    'byte order mark' => "\u{feff}secret",
    'blanks and signs' => " lead&<trail>'\" \t",
    '72 bytes' => str_repeat('abcdefgh', 9),
    'a character across byte 72' => str_repeat('a', 71) . "\u{20ac}",
];

function entry(string $scheme, string $about, string $password, string $encoded, bool $matches, array $more = []): array
{
    return ['scheme' => $scheme, 'about' => $about, 'passwordHex' => bin2hex($password), 'encoded' => $encoded,
        'matches' => $matches] + $more;
}

function write(string $name, string $generator, array $entries): void
{
    $json = json_encode(['generator' => $generator, 'entries' => $entries],
        JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
    file_put_contents(__DIR__ . "/$name.json", str_replace('    ', '  ', $json) . "\n");
}

function argon2(string $password, string $salt, string ...$arguments): string
{
    $process = proc_open(['argon2', $salt, ...$arguments, '-e'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
    fwrite($pipes[0], $password);
    fclose($pipes[0]);
    $encoded = trim(stream_get_contents($pipes[1]));
    if (proc_close($process) !== 0) throw new Exception('argon2 failed');
    return $encoded;
}

$bcrypt = [];
foreach (['2a', '2b', '2x', '2y'] as $kind) {
    foreach ($passwords as $about => $password) {
        // PHP computes $2b$ under the name $2y$; the two are the same.
        $made = crypt($password, '$' . ($kind === '2b' ? '2y' : $kind) . '$04$abcdefghijklmnopqrstuu');
        $encoded = "\$$kind" . substr($made, 3);
        $lossy = strlen($password) > 72 ? ['lossy' => true] : [];
        $bcrypt[] = entry('auto', "$kind, $about", $password, $encoded, true, $lossy);
        $bcrypt[] = entry('auto', "$kind, $about, another first byte", "x$password", $encoded, false);
    }
}
$cut = crypt($passwords['72 bytes'], '$2y$04$abcdefghijklmnopqrstuu');
$bcrypt[] = entry('auto', '2y, longer than 72 bytes', $passwords['72 bytes'] . 'more', $cut, true, ['lossy' => true]);
$nul = crypt('secret', '$2y$04$abcdefghijklmnopqrstuu');
assert(password_verify("secret\0more", $nul));
$bcrypt[] = entry('auto', '2y, a NUL ends it', "secret\0more", $nul, true, ['lossy' => true]);
$bytes = ['latin-1' => "p\xe4ssw\xf6rd", 'bytes past 127 alone' => "\xff\xff\xb5", 'one byte past 127' => "\xa3",
    'a byte past 127 across byte 72' => str_repeat('a', 71) . "\xe4\xf6"];
foreach (['2a', '2x', '2y'] as $kind) {
    foreach ($bytes as $about => $password) {
        $made = crypt($password, "\$$kind\$04\$abcdefghijklmnopqrstuu");
        $lossy = strlen($password) > 72 ? ['lossy' => true] : [];
        $bcrypt[] = entry('auto', "$kind, $about", $password, $made, true, $lossy);
        $bcrypt[] = entry('auto', "$kind, $about, the text of the same letters",
            iconv('ISO-8859-1', 'UTF-8', $password), $made, false);
    }
}
$bcrypt[] = entry('auto', '2x, read as 2y', "p\xe4ss", '$2y' . substr(crypt("p\xe4ss", '$2x$04$abcdefghijklmnopqrstuu'), 3), false);
$bcrypt[] = entry('auto', '2y, the text of the same letters', "p\xe4ssword",
    crypt("p\xc3\xa4ssword", '$2y$04$abcdefghijklmnopqrstuu'), false);
$bcrypt[] = entry('auto', '2y, the replacement character is not the byte it replaces', "p\xe4ssword",
    crypt("p\u{fffd}ssword", '$2y$04$abcdefghijklmnopqrstuu'), false);
write('bcrypt', 'PHP ' . PHP_VERSION . ' crypt()', $bcrypt);

$argon2 = [];
foreach (['-i', '-d', '-id'] as $variant) {
    foreach (['10', '13'] as $version) {
        foreach ($passwords as $about => $password) {
            $encoded = argon2($password, 'somesaltsomesalt', $variant, '-v', $version, '-k', '64', '-t', '2', '-p', '2');
            $argon2[] = entry('auto', "argon2 tool $variant -v $version, $about", $password, $encoded, true);
            $argon2[] = entry('auto', "argon2 tool $variant -v $version, $about, one byte more", "$password.", $encoded, false);
        }
    }
}
$long = argon2('long tag', 'a salt of twenty-four by', '-id', '-k', '256', '-t', '1', '-p', '1', '-l', '64');
$argon2[] = entry('auto', 'argon2 tool, 64 byte tag', 'long tag', $long, true);
foreach ([PASSWORD_ARGON2I, PASSWORD_ARGON2ID] as $algorithm) {
    $encoded = password_hash($passwords['utf-8'], $algorithm, ['memory_cost' => 64, 'time_cost' => 3, 'threads' => 1]);
    $argon2[] = entry('auto', "PHP password_hash, $algorithm", $passwords['utf-8'], $encoded, true);
    $other = preg_replace('/m=(\d+),t=(\d+),p=(\d+)/', 'm=$1,p=$3,t=$2', $encoded);
    $argon2[] = entry('auto', "PHP password_hash, $algorithm, parameters in another order", $passwords['utf-8'], $other, true);
}
write('argon2', 'argon2 tool of Debian, and PHP ' . PHP_VERSION . ' password_hash()', $argon2);

$digests = [];
foreach (['md5', 'sha1', 'sha256'] as $digest) {
    foreach ($passwords as $about => $password) {
        $salt = "s\u{e4}lt";
        $forms = [
            "$digest" => [hash($digest, $password), []],
            "$digest(\$pass)" => [strtoupper(hash($digest, $password)), []],
            "$digest(\$salt.\$pass)" => [hash($digest, $salt . $password), ['salt' => $salt]],
            "$digest(\$pass.\$salt)" => [base64_encode(hash($digest, $password . $salt, true)), ['salt' => $salt]],
        ];
        foreach ($forms as $scheme => [$encoded, $more]) {
            $digests[] = entry($scheme, "$scheme, $about", $password, $encoded, true, $more);
            $digests[] = entry($scheme, "$scheme, $about, one byte more", "$password.", $encoded, false, $more);
        }
    }
}
// Digests that PHP's == takes for equal numbers.
$digests[] = entry('md5', 'md5, equal as a number only', 'QNKCDZO', md5('240610708'), false);
$digests[] = entry('sha1', 'sha1, equal as a number only', 'aaK1STfY', sha1('aaroZmOk'), false);
write('digests', 'PHP ' . PHP_VERSION . ' hash()', $digests);
