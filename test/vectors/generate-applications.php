<?php
// Known answers of databases and applications, made by software that is not ours: MariaDB's PASSWORD() and
// OLD_PASSWORD(), libsodium's crypto_pwhash, OpenSSL's scrypt, and PHP's crypt(), hash(), hash_hmac() and serialize().
//   php test/vectors/generate-applications.php     writes databases.json and applications.json beside this file
// Passwords are hexadecimal, since not all of them are text. A damaged entry is one that no scheme may read.

$passwords = [
    'ascii' => 'correct horse battery staple',
    'utf-8' => "p\u{e4}ssw\u{f6}rd-\u{3a9}-\u{1f510}",
    'byte order mark' => "\u{feff}secret",
    'blanks and signs' => " lead&<trail>'\" \t",
    'a NUL inside' => "secret\0more",
    'empty' => '',
];

$entries = [];

/** One hash of one password: it matches, another password does not, and without its last characters it is not read. */
function add(string $scheme, string $about, string $password, string $encoded, array $more = [], array $matching = []): void
{
    global $entries;
    $one = fn (string $about, string $password, string $encoded, array $rest) => ['scheme' => $scheme,
        'about' => $about, 'passwordHex' => bin2hex($password), 'encoded' => $encoded] + $rest + $more;
    $entries[] = $one($about, $password, $encoded, ['matches' => true] + $matching);
    $entries[] = $one("$about, one byte more", "$password.", $encoded, ['matches' => false]);
    $entries[] = $one("$about, cut", $password, substr($encoded, 0, -3), ['matches' => false, 'damaged' => true]);
}

function write(string $name, string $generator): void
{
    global $entries;
    $json = json_encode(['generator' => $generator, 'entries' => $entries],
        JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
    file_put_contents(__DIR__ . "/$name.json", str_replace('    ', '  ', $json) . "\n");
    $entries = [];
}

function run(array $command, string $input = ''): string
{
    $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], ['file', '/dev/null', 'w']], $pipes);
    fwrite($pipes[0], $input);
    fclose($pipes[0]);
    $output = stream_get_contents($pipes[1]);
    if (proc_close($process) !== 0) throw new Exception("$command[0] failed");
    return trim($output);
}

/** What MariaDB answers to one query, without a server: a bootstrap in a directory of its own. */
function mariadb(string $query): array
{
    $directory = sys_get_temp_dir() . '/known-answers-' . getmypid();
    mkdir("$directory/data", 0700, true);
    $user = posix_getpwuid(posix_geteuid())['name'];
    run(['mariadbd', '--no-defaults', "--user=$user", '--bootstrap', '--skip-grant-tables', "--datadir=$directory/data",
        '--secure-file-priv='], "$query INTO OUTFILE '$directory/answer';\n");
    $answer = explode("\t", trim(file_get_contents("$directory/answer"), "\n"));
    run(['rm', '-r', $directory]);
    return $answer;
}

$utf16le = fn (string $text): string => iconv("UTF-8", "UTF-16LE", $text);

// --- Databases ---------------------------------------------------------------------------------------------------

$asked = array_diff_key($passwords, ['empty' => '']); // PASSWORD('') is no hash: the account has no password
$columns = array_map(fn ($one) => sprintf("PASSWORD(X'%1\$s'), OLD_PASSWORD(X'%1\$s')", bin2hex($one)), $asked);
$answers = array_chunk(mariadb('SELECT ' . implode(', ', $columns)), 2);
foreach (array_keys($asked) as $at => $about) {
    [$new, $old] = $answers[$at];
    $lossy = strpbrk($asked[$about], " \t") === false ? [] : ['lossy' => true];
    add('auto', "PASSWORD(), $about", $asked[$about], $new);
    add('mysql41-bare', "PASSWORD() without its asterisk, $about", $asked[$about], strtolower(substr($new, 1)));
    add('mysql323', "OLD_PASSWORD(), $about", $asked[$about], $old, [], $lossy);
}
$entries[] = ['scheme' => 'mysql323', 'about' => 'OLD_PASSWORD() steps over blanks', 'passwordHex' => bin2hex(
    'correcthorse batterystaple'), 'encoded' => $answers[0][1], 'matches' => true, 'lossy' => true];

foreach ($passwords as $about => $password) {
    add('auto', "PostgreSQL md5, $about", $password, 'md5' . md5("{$password}\u{c5}sa"), ['username' => "\u{c5}sa"]);
    $salt = substr(sha1($about, true), 0, 10);
    $oracle = strtoupper(sha1($password . $salt) . bin2hex($salt));
    add('auto', "Oracle 11g, $about", $password, "S:$oracle");
    add('oracle11g-bare', "Oracle 11g without S:, $about", $password, $oracle);
    $salt = substr($salt, 0, 4);
    $text = $utf16le($password);
    $hex = strtoupper(bin2hex($salt));
    add('auto', "SQL Server 2005, $about", $password, "0x0100$hex" . strtoupper(sha1($text . $salt)));
    add('auto', "SQL Server 2012, $about", $password, "0x0200$hex" . strtoupper(hash('sha512', $text . $salt)));
}
$upper = fn (string $salt) => sha1($utf16le('Secret') . $salt) . sha1($utf16le('SECRET') . $salt);
add('mssql2000', 'SQL Server 2000', 'Secret', '0x0100' . bin2hex('salt') . $upper('salt'));
$spare4 = 'S:' . strtoupper(sha1('secret0123456789') . bin2hex('0123456789')) . ';H:' . str_repeat('0A', 16) . ';T:' . str_repeat('0B', 80);
add('auto', 'Oracle, all of spare4', 'secret', $spare4);
write('databases', run(['mariadbd', '--version']) . '; PHP ' . PHP_VERSION);

// --- Applications ------------------------------------------------------------------------------------------------

function firebase(string $password, string $salt, string $separator, string $key, int $rounds, int $memCost): string
{
    $derived = run(['openssl', 'kdf', '-binary', '-keylen', '32', '-kdfopt', 'hexpass:' . bin2hex($password), '-kdfopt',
        'hexsalt:' . bin2hex($salt . $separator), '-kdfopt', 'n:' . 2 ** $memCost, '-kdfopt', "r:$rounds", '-kdfopt',
        'p:1', '-kdfopt', 'maxmem_bytes:67108864', 'SCRYPT']);
    return base64_encode(openssl_encrypt($key, 'aes-256-ctr', $derived, OPENSSL_RAW_DATA, str_repeat("\0", 16)));
}

/** Magento's Encryptor: each step hashes what the last one wrote. */
function magento(string $password, string $salt, string ...$versions): string
{
    $hash = $password;
    foreach ($versions as $version) {
        if ($version === '0') $hash = md5($salt . $hash);
        elseif ($version === '1') $hash = hash('sha256', $salt . $hash);
        else {
            [, $bytes, $passes, $memory] = explode('_', $version === '2' ? '2_32_2_67108864' : $version);
            $short = strlen($salt) < 16 ? str_pad($salt, 16, $salt) : substr($salt, 0, 16);
            $hash = bin2hex(sodium_crypto_pwhash((int) $bytes, $hash, $short, (int) $passes, (int) $memory,
                SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13));
        }
    }
    return implode(':', [$hash, $salt, ...$versions]);
}

/** `SqlMembershipProvider`: the salt again and again, up to the length of .NET's own key. */
function membershipKey(string $salt, int $length): string
{
    return substr(str_repeat($salt, 1 + intdiv($length, strlen($salt))), 0, $length);
}

foreach ($passwords as $about => $password) {
    $text = $utf16le($password);
    add('ntlm', "NT hash, $about", $password, hash('md4', $text));
    add('peoplesoft', "PeopleSoft, $about", $password, base64_encode(sha1($text, true)));
    if ($text !== '') {
        add('umbraco', "Umbraco, $about", $password, base64_encode(hash_hmac('sha1', $text, $text, true)));
    }
    $salt = md5($about, true);
    $column = ['salt' => base64_encode($salt)];
    foreach (['sha1' => 64, 'sha256' => 64, 'sha512' => 128] as $digest => $length) {
        $plain = base64_encode(hash($digest, $salt . $text, true));
        add("aspnet-membership-$digest", "ASP.NET Membership $digest, $about", $password, $plain, $column);
        $keyed = base64_encode(hash_hmac($digest, $text, membershipKey($salt, $length), true));
        add("aspnet-membership-hmac$digest", "ASP.NET Membership HMAC$digest, $about", $password, $keyed, $column);
    }
    foreach (['sha1', 'sha256'] as $version => $digest) {
        $encoded = '$episerver$*' . "$version*" . base64_encode($salt) . '*' . base64_encode(hash($digest, $salt . $text, true));
        add('auto', "Episerver $digest, $about", $password, rtrim($encoded, '='));
    }
    foreach (['md5', 'sha256', 'sha512'] as $digest) {
        $entries[] = ['scheme' => 'magento1', 'about' => "Magento 1 $digest, $about", 'passwordHex' => bin2hex($password),
            'encoded' => hash($digest, "aB$password") . ':aB', 'matches' => true];
        $entries[] = ['scheme' => 'magento1', 'about' => "Magento 1 $digest, $about, another salt", 'passwordHex' =>
            bin2hex($password), 'encoded' => hash($digest, "aB$password") . ':ab', 'matches' => false];
    }
    $entries[] = ['scheme' => 'joomla', 'about' => "Joomla 1.5, $about", 'passwordHex' => bin2hex($password),
        'encoded' => md5("{$password}salt") . ':salt', 'matches' => true];
    $entries[] = ['scheme' => 'joomla', 'about' => "Joomla 1.5, $about, the salt in front", 'passwordHex' =>
        bin2hex("$password."), 'encoded' => md5("salt$password.") . ':salt', 'matches' => false];
    foreach ([['0'], ['1'], ['0', '1'], ['3_32_1_65536'], ['0', '1', '3_16_2_131072']] as $versions) {
        if ($password === '' && $versions === ['3_32_1_65536']) continue; // libsodium complains
        $encoded = magento($password, 'aLongSaltOfTwentyFour123', ...$versions);
        $name = implode(':', $versions);
        $entries[] = ['scheme' => 'auto', 'about' => "Magento 2 $name, $about", 'passwordHex' => bin2hex($password),
            'encoded' => $encoded, 'matches' => true];
        $entries[] = ['scheme' => 'auto', 'about' => "Magento 2 $name, $about, one byte more", 'passwordHex' =>
            bin2hex("$password."), 'encoded' => $encoded, 'matches' => false];
        $entries[] = ['scheme' => 'auto', 'about' => "Magento 2 $name, $about, damaged", 'passwordHex' =>
            bin2hex($password), 'encoded' => substr($encoded, 1), 'matches' => false, 'damaged' => true];
    }
    add('auto', "PHPS, $about", $password, '$PHPS$' . bin2hex('C9%') . '$' . md5(md5($password) . 'C9%'));
    add('auto', "MediaWiki :A:, $about", $password, ':A:' . md5($password));
    add('auto', "MediaWiki :B:, $about", $password, ':B:1a2b3c4d:' . md5('1a2b3c4d-' . md5($password)));
    foreach (['sha1', 'sha256'] as $digest) {
        $record = ['hash' => hash($digest, hash($digest, $password) . 'sa(l)t'), 'salt' => 'sa(l)t', 'hashFunc' => $digest];
        add('auto', "XenForo $digest, $about", $password, serialize($record));
    }
    add('auto', "Shiro, $about", $password, '$shiro1$SHA-256$3$' . base64_encode($salt) . '$' . base64_encode(
        hash('sha256', hash('sha256', hash('sha256', $salt . $password, true), true), true)));
    foreach (['sha1', 'sha256', 'sha384', 'sha512'] as $variant => $digest) {
        $twice = hash($digest, hash($digest, $salt . $password, true), true);
        add('auto', "FSHP $digest, $about", $password, "{FSHP$variant|16|2}" . base64_encode($salt . $twice));
    }
    add('macos10.6', "Mac OS X 10.6, $about", $password, strtoupper('00ff10a0' . sha1("\x00\xff\x10\xa0$password")));
    add('macos10.7', "Mac OS X 10.7, $about", $password, '00ff10a0' . hash('sha512', "\x00\xff\x10\xa0$password"));
}
add('auto', 'Magento 2 with the version of libsodium 1.0.13', 'secret', magento('secret', str_repeat('s', 32), '2'));
add('auto', 'Magento 2 with a salt that is too short for argon2', 'secret', magento('secret', 'abc', '3_32_1_65536'));

foreach (['ascii', 'utf-8', 'byte order mark', 'blanks and signs'] as $about) {
    $password = $passwords[$about];
    $setting = '$2a$04$abcdefghijklmnopqrstuu';
    $double = crypt(crypt($password, $setting), $setting);
    add('woltlab', "WoltLab, $about", $password, $double);
    add('woltlab', "WoltLab Suite 5.4, $about", $password, "DoubleBcrypt:$double");
    add('devise', "Devise, $about", $password, crypt("{$password}p\u{e9}pper", $setting), ['pepper' => "p\u{e9}pper"]);
    add('devise', "Devise without a pepper, $about", $password, crypt($password, $setting));
    add('joomla', "Joomla 3, $about", $password, crypt($password, '$2y$04$abcdefghijklmnopqrstuu'));
    add('auto', "XenForo 2, $about", $password, serialize(['hash' => crypt($password, '$2y$04$abcdefghijklmnopqrstuu')]));
    $key = hash('sha512', 'a signer key', true);
    $salt = "\x00\x01 a salt";
    foreach ([[8, 14, "\x07"], [4, 10, '']] as [$rounds, $memCost, $separator]) {
        $hash = firebase($password, $salt, $separator, $key, $rounds, $memCost);
        [$keyText, $saltText, $separatorText] = array_map('base64_encode', [$key, $salt, $separator]);
        $project = "hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: $keyText,\n"
            . "  base64_salt_separator: $separatorText,\n  rounds: $rounds,\n  mem_cost: $memCost,\n}";
        if ($separator !== '') {
            add('firebase-scrypt', "Firebase, $about", $password, $hash, ['salt' => $saltText, 'pepper' => $project]);
            add('firebase-scrypt', "Firebase, key alone, $about", $password, strtr($hash, '+/', '-_'),
                ['salt' => strtr($saltText, '+/', '-_'), 'pepper' => $keyText]);
        }
        add('auto', "Kratos firescrypt 2^$memCost, $about", $password,
            "\$firescrypt\$ln=$memCost,r=$rounds,p=1\$$saltText\$$hash\$$separatorText\$$keyText");
        add('auto', "Supabase fbscrypt 2^$memCost, $about", $password,
            "\$fbscrypt\$v=1,n=$memCost,r=$rounds,p=1,ss=$separatorText,sk=$keyText\$$saltText\$$hash");
    }
}
write('applications', 'PHP ' . PHP_VERSION . ' with ' . SODIUM_LIBRARY_VERSION . ' of libsodium; ' . run(['openssl', 'version']));
