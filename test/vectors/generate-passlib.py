"""Known answers by passlib, and PHP for the filter of phpBB.

    python3 test/vectors/generate-passlib.py     writes passlib.json beside this file

Needs python3-passlib and the php command. Passwords are hexadecimal, since not all of them are text.
"""

import json
import subprocess
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
import passlib.hash as h

PASSWORDS = {"ascii": "correct horse", "one": "a", "capitals": "SECRET-42", "utf-8": "pässwörd-Ω", "fourteen": "abcdefghijklmn"}


def entry(about, password, encoded, matches, scheme="auto", **more):
    made = {"scheme": scheme, "about": about, "passwordHex": password.encode().hex(), "encoded": encoded, "matches": matches}
    return {**made, **more}


def pair(about, password, encoded, scheme="auto", lossy=False, **more):
    yield entry(about, password, encoded, True, scheme, **({"lossy": True} if lossy else {}), **more)
    yield entry(f"{about}, another password", password + "x", encoded, False, scheme, **more)


entries = []
for about, password in PASSWORDS.items():
    user = {"username": "Administrator"}
    has_letters = any(char.isalpha() for char in password)
    if password.isascii():
        short = password[:13]
        entries += pair(f"lmhash, {about}", short, h.lmhash.hash(short), "lmhash", lossy=has_letters)
    entries += pair(f"oracle10, {about}", password, h.oracle10.hash(password, user="Administrator"), "oracle10", lossy=has_letters, **user)
    entries += pair(f"msdcc, {about}", password, h.msdcc.hash(password, user="Administrator"), "msdcc", **user)
    entries += pair(f"msdcc2, {about}", password, h.msdcc2.hash(password, user="Administrator"), "msdcc2", **user)
    for rounds in [1, 400, 1000]:
        entries += pair(f"cta_pbkdf2_sha1, {rounds}, {about}", password, h.cta_pbkdf2_sha1.using(rounds=rounds, salt=bytes(range(240, 256))).hash(password))
        entries += pair(f"dlitz_pbkdf2_sha1, {rounds}, {about}", password, h.dlitz_pbkdf2_sha1.using(rounds=rounds, salt="./09AZaz").hash(password))
    entries += pair(f"htdigest, {about}", password, h.htdigest.hash(password, user="Administrator", realm="realm"), "htdigest", salt="realm", **user)
entries.append(entry("lmhash, letters in another case", "sEcret", h.lmhash.hash("SeCRET"), True, "lmhash", lossy=True))
entries.append(entry("lmhash, past fourteen characters", "a" * 20, h.lmhash.hash("a" * 14), True, "lmhash", lossy=True))
entries.append(entry("oracle10, letters in another case", "sEcret", h.oracle10.hash("SeCRET", user="x"), True, "oracle10", lossy=True, username="X"))

for about, encoded in {"p5k2 without its hash": "$p5k2$3e8$seasalt$", "p5k2, one character short": "$p5k2$3e8$seasalt$BonyIJPvlSpyz2nKtgxbOQKX.DMwjz9", "p5k2, rounds not in hexadecimal": "$p5k2$xyz$seasalt$BonyIJPvlSpyz2nKtgxbOQKX.DMwjz9T"}.items():
    entries.append(entry(f"damaged: {about}", "secret", encoded, False, damaged=True))
for scheme, encoded in {"lmhash": "0" * 31, "oracle10": "0" * 15 + "g"}.items():
    entries.append(entry(f"damaged: {scheme}", "secret", encoded, False, scheme, username="x", damaged=True))

FILTER = """
$filtered = trim(htmlspecialchars(str_replace(["\\r\\n", "\\r", "\\0"], ["\\n", "\\n", ''], hex2bin($argv[1])), ENT_COMPAT, 'UTF-8'));
echo password_hash($filtered, PASSWORD_BCRYPT, ['cost' => 4]), ' ', bin2hex($filtered);
"""
for about, password, lossy in [
    ("plain", "secret", False),
    ("special characters", "<b>\"R&D\"</b> isn't", False),
    ("utf-8", "pässwörd & Ω", False),
    ("blanks around", " secret\t", True),
    ("a line end", "one\r\ntwo", True),
    ("an entity already", "R&amp;D", False),
]:
    made = subprocess.run(["php", "-r", FILTER, password.encode().hex()], capture_output=True, text=True, check=True).stdout
    encoded, filtered = made.split()
    entries += pair(f"phpbb3, {about}", password, encoded, "phpbb3", lossy=lossy)
    phpass = h.phpass.using(rounds=8, salt="abcdefgh").hash(bytes.fromhex(filtered)).replace("$P$", "$H$")
    entries += pair(f"phpbb3, $H$, {about}", password, phpass, "phpbb3", lossy=lossy)

Path(__file__).with_name("passlib.json").write_text(
    json.dumps({"generator": "passlib 1.7, PHP", "entries": entries}, indent=2, ensure_ascii=False) + "\n"
)
