"""Known answers for the spellings of Ory Kratos, computed by hashlib, hmac, OpenSSL and libxcrypt by the formulas of its
`hash/hash_comparator.go`.

    python3 test/vectors/generate-kratos.py     writes kratos.json beside this file
"""

import base64
import ctypes
import hashlib
import hmac
import json
import subprocess
from pathlib import Path

libcrypt = ctypes.CDLL("libcrypt.so.1")
libcrypt.crypt.restype = ctypes.c_char_p

PASSWORDS = {"ascii": b"correct horse battery staple", "utf-8": "pässwörd-Ω-🔐".encode(), "a NUL": b"se\0cret", "no text": b"\xff\xe4\x80"}
SALT = b"5opmkgz03r"
KEY = b"a key of the row"
TEMPLATES = ["{SALT}{PASSWORD}", "{PASSWORD}{SALT}", "${PASSWORD}$-{SALT}-{PASSWORD}", "??fixed{PASSWORD}\xe9"]


def b64(data):
    return base64.b64encode(data).decode()


def entry(about, password, encoded, matches, **more):
    return {"scheme": "auto", "about": about, "passwordHex": password.hex(), "encoded": encoded, "matches": matches, **more}


def pair(about, password, encoded, **more):
    yield entry(about, password, encoded, True, **more)
    yield entry(f"{about}, another password", b"x" + password, encoded, False)


def md4_of(key, message):
    made = ["openssl", "dgst", "-provider", "legacy", "-provider", "default", "-md4", "-binary", "-mac", "HMAC", "-macopt", f"hexkey:{key.hex()}"]
    return subprocess.run(made, input=message, capture_output=True, check=True).stdout


entries = []
for about, password in PASSWORDS.items():
    entries += pair(f"md5 without salt, {about}", password, f"$md5${b64(hashlib.md5(password).digest())}")
    for digest in ["md5", "sha1", "sha256", "sha512"]:
        for template in TEMPLATES:
            parts = template.encode("latin-1")
            made = hashlib.new(digest, parts.replace(b"{SALT}", SALT).replace(b"{PASSWORD}", password)).digest()
            entries += pair(f"{digest}, {template}, {about}", password, f"${digest}$pf={b64(parts)}${b64(SALT)}${b64(made)}")
    for digest in ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]:
        for key in [KEY, KEY * 20]:
            made = hmac.new(key, password, digest).hexdigest()
            entries += pair(f"hmac-{digest}, {len(key)} bytes, {about}", password, f"$hmac-{digest}${b64(made.encode())}${b64(key)}")
    for key in [KEY, KEY * 20]:
        made = md4_of(key, password).hex()
        entries += pair(f"hmac-md4, {len(key)} bytes, {about}", password, f"$hmac-md4${b64(made.encode())}${b64(key)}")
    if b"\0" not in password:
        for name, setting in {"md5": "$1$abcdefgh", "sha256": "$5$rounds=1000$saltsalt", "sha512": "$6$rounds=1000$saltsalt"}.items():
            made = libcrypt.crypt(password, setting.encode()).decode()
            crypted = f"${name}-crypt{made[2:]}"
            entries += pair(f"{name}-crypt, {about}", password, crypted)

    for digest in ["sha1", "sha224", "sha256", "sha384", "sha512"]:
        for name in [digest, digest.replace("sha224", "sha3_224").replace("sha384", "sha3_384")]:
            made = hashlib.pbkdf2_hmac(name, password, SALT, 1000, 32)
            encoded = f"$pbkdf2-{digest}$i=1000,l=32${b64(SALT).rstrip('=')}${b64(made).rstrip('=')}"
            entries += pair(f"pbkdf2-{digest} by {name}, {about}", password, encoded)

whole = next(made["encoded"] for made in entries if made["about"].startswith("sha256"))
for about, encoded in {
    "cut": whole[:-2],
    "without its template": whole.replace(whole.split("$")[2], "pf="),
    "a template without the password": whole.replace(whole.split("$")[2], "pf=" + b64(b"{SALT}")),
    "a field too many": whole + "$",
    "hmac, the hash not in hexadecimal": f"$hmac-sha256${b64(b'x' * 64)}${b64(KEY)}",
    "crypt, one character short": crypted[:-1],
}.items():
    entries.append(entry(f"damaged: {about}", b"", encoded, False, damaged=True))

Path(__file__).with_name("kratos.json").write_text(
    json.dumps({"generator": "hashlib, hmac, openssl dgst, libxcrypt crypt()", "entries": entries}, indent=2, ensure_ascii=False) + "\n"
)
