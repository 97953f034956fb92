<?php
// A legacy app's own login: reads the row and the password from standard input, knows nothing of the bridge.
$given = json_decode(stream_get_contents(STDIN), true);
[$row, $password] = [$given['row'], $given['password']];
$hash = $row['pass'];

/** Solar Designer's portable hashes, as WordPress' class-phpass.php checks them. */
function portable(string $password, string $setting): string
{
    $itoa64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    $count = 1 << strpos($itoa64, $setting[3]);
    $salt = substr($setting, 4, 8);
    $digest = md5($salt . $password, true);
    do {
        $digest = md5($digest . $password, true);
    } while (--$count);
    $text = '';
    for ($i = 0; $i < 16;) {
        $value = ord($digest[$i++]);
        $text .= $itoa64[$value & 0x3f];
        if ($i < 16) $value |= ord($digest[$i]) << 8;
        $text .= $itoa64[($value >> 6) & 0x3f];
        if ($i++ >= 16) break;
        if ($i < 16) $value |= ord($digest[$i]) << 16;
        $text .= $itoa64[($value >> 12) & 0x3f];
        if ($i++ >= 16) break;
        $text .= $itoa64[($value >> 18) & 0x3f];
    }
    return substr($setting, 0, 12) . $text;
}

$accepts = match (true) {
    str_starts_with($hash, '$P$') => hash_equals($hash, portable($password, $hash)),
    str_starts_with($hash, '$wp') => password_verify(
        base64_encode(hash_hmac('sha384', trim($password), 'wp-sha384', true)),
        substr($hash, 3),
    ),
    str_starts_with($hash, '$5$'), str_starts_with($hash, '$6$'), str_starts_with($hash, '$1$') =>
        hash_equals($hash, crypt($password, $hash)),
    str_starts_with($hash, '$') => password_verify($password, $hash),
    isset($row['salt']) => $hash === md5(md5($password) . $row['salt']),
    default => false,
};
echo json_encode($accepts);
