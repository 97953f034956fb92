# Known answers made by software that is not ours: libxcrypt, OpenSSL and passlib.
#   python3 test/vectors/generate-crypt.py     writes crypt.json, phpass.json and yescrypt.json beside this file
# Needs Linux with libxcrypt (libcrypt.so.1) and all of its formats, the openssl tool, mkpasswd, perl, and python3-passlib.
# Passwords are hexadecimal, since not all of them are text.

import ctypes
import hashlib
import json
import pathlib
import subprocess

from passlib.hash import phpass

libcrypt = ctypes.CDLL("libcrypt.so.1")
libcrypt.crypt.restype = ctypes.c_char_p

PASSWORDS = {
    "ascii": b"correct horse battery staple",
    "one byte": b"a",
    "utf-8": "p\u00e4ssw\u00f6rd-\u03a9-\U0001f510".encode(),
    "latin-1": "p\u00e4ssw\u00f6rd".encode("latin-1"),
    "sixty-four bytes": b"abcdefgh" * 8,
    "two hundred bytes": b"0123456789" * 20,
    "511 bytes": b"x" * 511,
}


def crypt(password, setting):
    made = libcrypt.crypt(password, setting.encode()).decode()
    assert not made.startswith("*"), setting
    return made


def entry(about, password, encoded, matches, scheme="auto", lossy=False):
    made = {"scheme": scheme, "about": about, "passwordHex": password.hex(), "encoded": encoded, "matches": matches}
    return {**made, "lossy": True} if lossy else made


def write(name, generator, entries):
    path = pathlib.Path(__file__).with_name(f"{name}.json")
    path.write_text(json.dumps({"generator": generator, "entries": entries}, indent=2, ensure_ascii=False) + "\n")


SETTINGS = {
    "md5crypt": ["$1$abcdefgh", "$1$", "$1$a.b"],
    "sha256crypt": ["$5$saltstring", "$5$rounds=1000$abcdefghijklmnop", "$5$rounds=1234$"],
    "sha512crypt": ["$6$saltstring", "$6$rounds=1000$abcdefghijklmnop", "$6$rounds=1234$"],
    "sha1crypt": ["$sha1$1$a", "$sha1$457$xSZGpk6Bp4SA3.cR"],
    "sunmd5": ["$md5$abcd", "$md5$abcd$", "$md5,rounds=77$abcd", "$md5,rounds=77$abcd$"],
    "nt-crypt": ["$3$"],
    "scrypt-crypt": ["$7$66..../....saltsalt", "$7$8/..../....", "$7$5A....0....salt"],
    "bsdicrypt": ["_J9..abcd", "_/...zZ./"],
    "descrypt": ["ab", "./", "zZ"],
}
SEVEN_BIT = {"bsdicrypt", "descrypt"}

entries = []
for scheme, settings in SETTINGS.items():
    name = scheme if scheme == "descrypt" else "auto"
    for setting in settings:
        for about, password in PASSWORDS.items():
            encoded = crypt(password, setting)
            lossy = scheme in SEVEN_BIT and max(password) > 127 or scheme == "descrypt" and len(password) > 8
            entries.append(entry(f"{scheme}, {setting}, {about}", password, encoded, True, name, lossy))
            entries.append(entry(f"{scheme}, {setting}, {about}, another first byte", b"x" + password[1:] if password[:1] != b"x" else b"y" + password[1:], encoded, False, name))
    encoded = crypt(b"secret", settings[0])
    entries.append(entry(f"{scheme}, a NUL ends it", b"secret\0more", encoded, True, name, True))
    entries.append(entry(f"{scheme}, what begins with NUL is not the empty password", b"\0secret", crypt(b"", settings[0]), False, name))
    entries.append(entry(f"{scheme}, longer than 511 bytes", b"x" * 512, crypt(b"x" * 511, settings[0]), False, name))

for length in [1, 8, 9, 16, 17, 128, 129]:
    password = bytes(33 + at % 90 for at in range(length))
    encoded = crypt(password, "ab" + "." * 22)
    if length <= 8:
        encoded = encoded[:13]
    entries.append(entry(f"bigcrypt, {length} bytes", password, encoded, True, "bigcrypt", length > 128))
    entries.append(entry(f"bigcrypt, {length} bytes, another last", password[: min(length, 128) - 1] + b"~", encoded, False, "bigcrypt"))
    if 8 < length <= 128:
        entries.append(entry(f"bigcrypt, {length} bytes, the first eight alone", password[:8], encoded, False, "bigcrypt"))

for about, password in PASSWORDS.items():
    if len(password) > 200 or b"\xe4" in password:
        continue
    made = subprocess.run(["openssl", "passwd", "-apr1", "-salt", "saltsalt", "-stdin"], input=password + b"\n", capture_output=True, check=True)
    encoded = made.stdout.decode().strip()
    entries.append(entry(f"apr1, {about}", password, encoded, True))
    entries.append(entry(f"apr1, {about}, one byte more", password + b".", encoded, False))
    entries.append(entry(f"apr1, {about}, read as md5crypt", password, "$1$" + encoded[6:], False))
write("crypt", "libxcrypt crypt(), openssl passwd", entries)

YESCRYPT = {
    "yescrypt": ["$y$j75$LdJMENpBABJJ3hIHjB1Bi.", "$y$j/.$", "$y$j750/.$LdJM", "$y$.35$LdJM", "$y$/35/.$LdJM"],
    "gost-yescrypt": ["$gy$j75$LdJMENpBABJJ3hIHjB1Bi.", "$gy$j/.$./"],
}

entries = []
for scheme, settings in YESCRYPT.items():
    for setting in settings:
        for about, password in PASSWORDS.items():
            encoded = crypt(password, setting)
            entries.append(entry(f"{scheme}, {setting}, {about}", password, encoded, True))
            other = (b"y" if password[:1] == b"x" else b"x") + password[1:]
            entries.append(entry(f"{scheme}, {setting}, {about}, another first byte", other, encoded, False))
    whole = crypt(b"secret", settings[0])
    entries.append(entry(f"{scheme}, a NUL ends it", b"secret\0more", whole, True, lossy=True))
    entries.append(entry(f"{scheme}, what begins with NUL is not the empty password", b"\0secret", crypt(b"", settings[0]), False))
    entries.append(entry(f"{scheme}, longer than 511 bytes", b"x" * 512, crypt(b"x" * 511, settings[0]), False))
    for about, encoded in {"one character short": whole[:-1], "without its salt": "$".join(whole.split("$")[:3] + whole.split("$")[4:]), "a blank behind it": whole + " "}.items():
        entries.append({**entry(f"{scheme}, damaged: {about}", b"secret", encoded, False), "damaged": True})
    made = subprocess.run(["mkpasswd", "-m", scheme, "-S", settings[0], "secret"], capture_output=True, text=True, check=True).stdout.strip()
    entries.append(entry(f"{scheme}, mkpasswd", b"secret", made, True))
    made = subprocess.run(["perl", "-e", "print crypt($ARGV[0], $ARGV[1])", "secret", settings[1]], capture_output=True, text=True, check=True).stdout
    entries.append(entry(f"{scheme}, perl", b"secret", made, True))
write("yescrypt", "libxcrypt crypt(), mkpasswd", entries)

ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def drupal(password, log2, salt):
    """_password_crypt() of Drupal 7's password.inc."""
    digest = hashlib.sha512(salt + password).digest()
    for _ in range(2**log2):
        digest = hashlib.sha512(digest + password).digest()
    text = ""
    for at in range(0, 64, 3):
        value = int.from_bytes(digest[at : at + 3], "little")
        text += "".join(ALPHABET[value >> (6 * place) & 63] for place in range(4))
    return ("$S$" + ALPHABET[log2] + salt.decode() + text)[:55]


entries = []
for about, password in {**PASSWORDS, "with a NUL": b"secret\0more", "4096 bytes": b"x" * 4096}.items():
    # passlib refuses a NUL and what is longer than 4096 bytes; the algorithm does not mind.
    md5hex = hashlib.md5(password).hexdigest().encode()
    if b"\0" not in password:
        encoded = phpass.using(rounds=8, salt="abcdefgh").hash(password)
        for kind in ["P", "H"]:
            value = encoded.replace("$P$", f"${kind}$")
            entries.append(entry(f"phpass, ${kind}$, {about}", password, value, True))
            entries.append(entry(f"phpass, ${kind}$, {about}, one byte more", password + b".", value, False))
    upgraded = "U" + phpass.using(rounds=8, salt="ABCDEFGH").hash(md5hex)
    entries.append(entry(f"phpass, U$P$, {about}", password, upgraded, True))
    entries.append(entry(f"phpass, U$P$, {about}, the digest itself", md5hex, upgraded, False))
    if len(password) <= 512:
        value = drupal(password, 8, b"abcdefgh")
        entries.append(entry(f"drupal7, {about}", password, value, True))
        entries.append(entry(f"drupal7, {about}, one byte more", password + b".", value, False))
    upgraded = "U" + drupal(md5hex, 9, b"ABCDEFGH")
    entries.append(entry(f"drupal7, U$S$, {about}", password, upgraded, True))
    entries.append(entry(f"drupal7, U$S$, {about}, the digest itself", md5hex, upgraded, False))
entries.append(entry("drupal7, longer than 512 bytes", b"x" * 513, drupal(b"x" * 513, 8, b"abcdefgh"), False))
write("phpass", "passlib's phpass, and Drupal 7's formula in Python", entries)
