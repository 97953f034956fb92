"""Known answers for key derivation functions in their many layouts, made by software that is not ours.

    pip install django werkzeug passlib bcrypt argon2-cffi
    python3 test/vectors/generate-kdf.py     writes kdf.json and wrappers.json beside this file

Where no Python library writes a layout (ASP.NET, Spring, MediaWiki, 389 Directory Server, Keycloak, WordPress), hashlib
computes the value by the formula of that software's source. Passwords are hexadecimal, since not all of them are text.
Salts are fixed where the library lets them be, so that a second run changes little.
"""

import base64
import hashlib
import hmac
import json
import os
import struct
from pathlib import Path

os.environ["PASSLIB_BUILTIN_BCRYPT"] = "enabled"
import argon2
import bcrypt
import passlib.hash as passlib

passlib.bcrypt_sha256.set_backend("builtin")
from django.conf import settings

settings.configure()
from django.contrib.auth import hashers as django
from werkzeug.security import _hash_internal as werkzeug

SALT = bytes(range(0x20, 0x30))
PASSWORDS = {"ascii": "correct horse battery staple", "utf-8": "pässwörd-Ω-🔐", "blanks": " lead and trail\t"}


def b64(data):
    return base64.b64encode(data).decode()


def bare(data):
    return b64(data).rstrip("=")


def pbkdf2(digest, password, salt, iterations, length=None):
    return hashlib.pbkdf2_hmac(digest, password.encode(), salt, iterations, length)


def scrypt(password, salt, n, r, p, length):
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, dklen=length, maxmem=2**28)


def iterated(rounds, data):
    for _ in range(rounds):
        data = hashlib.sha256(data).digest()
    return data


def u32(*numbers):
    return struct.pack(">%dI" % len(numbers), *numbers)


def aspnet3(prf, digest, password, iterations, salt, length):
    return b64(b"\x01" + u32(prf, iterations, len(salt)) + salt + pbkdf2(digest, password, salt, iterations, length))


def keycloak(algorithm, value, salt, iterations, more=None):
    data = {"hashIterations": iterations, "algorithm": algorithm, "additionalParameters": more or {}}
    secret = {"value": b64(value), "salt": b64(salt), "additionalParameters": {}}
    return data, secret


def keycloak_export(*parts):
    data, secret = keycloak(*parts)
    return json.dumps({"type": "password", "secretData": json.dumps(secret), "credentialData": json.dumps(data)})


def keycloak_columns(*parts):
    data, secret = keycloak(*parts)
    return json.dumps(secret), {"salt": json.dumps(data)}


def argon2_raw(password, salt, memory):
    return argon2.low_level.hash_secret_raw(password.encode(), salt, 2, memory, 1, 32, argon2.low_level.Type.ID)


def argon2_phc(password):
    return argon2.low_level.hash_secret(password.encode(), SALT, 2, 64, 1, 32, argon2.low_level.Type.ID).decode()


def bcrypt_of(data, kind="2b", salt=b"abcdefghijklmnopqrstuu"):
    return bcrypt.hashpw(data, b"$2b$04$" + salt).decode().replace("$2b$", "$%s$" % kind)


def wordpress(password):
    trimmed = password.strip(" \t\n\r\0\x0b").encode()
    return "$wp" + bcrypt_of(b64(hmac.digest(b"wp-sha384", trimmed, "sha384")).encode(), "2y")


def django_bcrypt(hasher, password):
    return hasher.encode(password, b"$2b$04$abcdefghijklmnopqrstuu")


def spring_digest(name, digest, password, salt):
    return "{%s}%s%s" % (name, salt, hashlib.new(digest, (password + salt).encode()).hexdigest())


def werkzeug_value(method, password):
    value, name = werkzeug(method, "seasalt", password)
    return "%s$seasalt$%s" % (name, value)


KDF = {
    "Django PBKDF2 sha256": lambda p: django.PBKDF2PasswordHasher().encode(p, "seasalt", 1000),
    "Django PBKDF2 sha1": lambda p: django.PBKDF2SHA1PasswordHasher().encode(p, "seasalt", 1000),
    "passlib pbkdf2": lambda p: passlib.pbkdf2_sha1.using(salt=SALT, rounds=1000).hash(p),
    "passlib pbkdf2-sha256": lambda p: passlib.pbkdf2_sha256.using(salt=b"\xfb\xef" + SALT, rounds=1000).hash(p),
    "passlib pbkdf2-sha512": lambda p: passlib.pbkdf2_sha512.using(salt=SALT, rounds=1000).hash(p),
    "PHC pbkdf2-sha256": lambda p: "$pbkdf2-sha256$i=1000,l=32$%s$%s"
    % (bare(SALT), bare(pbkdf2("sha256", p, SALT, 1000, 32))),
    "PHC pbkdf2-sha512": lambda p: "$pbkdf2-sha512$i=1000,l=64$%s$%s"
    % (bare(SALT), bare(pbkdf2("sha512", p, SALT, 1000, 64))),
    "Werkzeug pbkdf2:sha256": lambda p: werkzeug_value("pbkdf2:sha256:1000", p),
    "Werkzeug pbkdf2:sha512": lambda p: werkzeug_value("pbkdf2:sha512:1000", p),
    "LDAP PBKDF2": lambda p: passlib.ldap_pbkdf2_sha1.using(salt=SALT, rounds=1000).hash(p),
    "LDAP PBKDF2-SHA256": lambda p: passlib.ldap_pbkdf2_sha256.using(salt=SALT, rounds=1000).hash(p),
    "LDAP PBKDF2-SHA512": lambda p: passlib.ldap_pbkdf2_sha512.using(salt=SALT, rounds=1000).hash(p),
    "389-DS PBKDF2_SHA256": lambda p: "{PBKDF2_SHA256}"
    + b64(u32(2048) + SALT * 4 + pbkdf2("sha256", p, SALT * 4, 2048, 256)),
    "Atlassian PKCS5S2": lambda p: passlib.atlassian_pbkdf2_sha1.using(salt=SALT).hash(p),
    "ASP.NET Identity v2": lambda p: b64(b"\0" + SALT + pbkdf2("sha1", p, SALT, 1000, 32)),
    "ASP.NET Identity v3 SHA1": lambda p: aspnet3(0, "sha1", p, 250, SALT, 32),
    "ASP.NET Identity v3 SHA256": lambda p: aspnet3(1, "sha256", p, 10000, SALT, 32),
    "ASP.NET Identity v3 SHA512": lambda p: aspnet3(2, "sha512", p, 100000, SALT * 2, 64),
    "Spring pbkdf2": lambda p: "{pbkdf2}" + (SALT[:8] + pbkdf2("sha1", p, SALT[:8], 185000, 32)).hex(),
    "Spring pbkdf2 5.8": lambda p: "{pbkdf2@SpringSecurity_v5_8}"
    + (SALT + pbkdf2("sha256", p, SALT, 310000, 32)).hex(),
    "Spring pbkdf2 with a secret": lambda p: (
        "{pbkdf2}" + (SALT[:8] + pbkdf2("sha1", p, SALT[:8] + "gehéim".encode(), 185000, 32)).hex(),
        {"pepper": "gehéim"},
    ),
    "MediaWiki pbkdf2": lambda p: ":pbkdf2:sha512:1000:64:%s:%s"
    % (b64(SALT), b64(pbkdf2("sha512", p, SALT, 1000, 64))),
    "GRUB": lambda p: passlib.grub_pbkdf2_sha512.using(salt=SALT, rounds=1000).hash(p),
    "macOS 10.8": lambda p: "$ml$1000$%s$%s" % (SALT.hex(), pbkdf2("sha512", p, SALT, 1000, 64).hex()),
    "hashcat sha256": lambda p: "sha256:1000:%s:%s" % (b64(SALT), b64(pbkdf2("sha256", p, SALT, 1000, 32))),
    "hashcat md5": lambda p: "md5:1000:%s:%s" % (b64(SALT), b64(pbkdf2("md5", p, SALT, 1000, 16))),
    "Keycloak pbkdf2": lambda p: keycloak_export("pbkdf2", pbkdf2("sha1", p, SALT, 1000, 64), SALT, 1000),
    "Keycloak pbkdf2-sha256": lambda p: keycloak_export(
        "pbkdf2-sha256", pbkdf2("sha256", p, SALT, 27500, 64), SALT, 27500),
    "Keycloak pbkdf2-sha512, two columns": lambda p: keycloak_columns(
        "pbkdf2-sha512", pbkdf2("sha512", p, SALT, 1000, 64), SALT, 1000),
    "Keycloak argon2": lambda p: keycloak_export(
        "argon2", argon2_raw(p, SALT, 64), SALT, 2,
        {"hashLength": ["32"], "memory": ["64"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}),
    "Grafana": lambda p: (
        pbkdf2("sha256", p, b"aBcDeFgHiJ", 10000, 50).hex(),
        {"salt": "aBcDeFgHiJ", "scheme": "pbkdf2-sha256(iterations=10000,length=50)"},
    ),
    "Gitea pbkdf2": lambda p: (
        pbkdf2("sha256", p, SALT, 50000, 50).hex(),
        {"salt": SALT.hex(), "scheme": "pbkdf2-sha256(iterations=50000, length=50, salt=hex)"},
    ),
    "Symfony pbkdf2": lambda p: (
        b64(pbkdf2("sha512", p, b"s\xc3\xa4lt", 1000, 40)),
        {"salt": "sält", "scheme": "pbkdf2-sha512(iterations=1000,length=40)"},
    ),
    "a base64 salt column": lambda p: (
        b64(pbkdf2("sha256", p, SALT, 1000, 32)),
        {"salt": b64(SALT), "scheme": "PBKDF2-SHA256(iterations=1000,salt=base64)"},
    ),
    "PHC scrypt": lambda p: passlib.scrypt.using(salt=SALT, rounds=10).hash(p),
    "Kratos scrypt": lambda p: "$scrypt$ln=1024,r=8,p=1$%s$%s" % (b64(SALT), b64(scrypt(p, SALT, 1024, 8, 1, 32))),
    "Werkzeug scrypt": lambda p: werkzeug_value("scrypt:1024:8:1", p),
    "Django scrypt": lambda p: django.ScryptPasswordHasher().encode(p, "seasalt", n=1024, r=8, p=5),
    "Spring scrypt": lambda p: "{scrypt}$e0801$%s$%s" % (b64(SALT * 4), b64(scrypt(p, SALT * 4, 16384, 8, 1, 32))),
    "Spring scrypt 5.8": lambda p: "{scrypt@SpringSecurity_v5_8}$100801$%s$%s"
    % (b64(SALT), b64(scrypt(p, SALT, 65536, 8, 1, 32))),
    "hashcat scrypt": lambda p: "SCRYPT:1024:2:1:%s:%s" % (b64(SALT), b64(scrypt(p, SALT, 1024, 2, 1, 32))),
    "Gitea scrypt": lambda p: (
        scrypt(p, SALT, 1024, 16, 2, 50).hex(),
        {"salt": SALT.hex(), "scheme": "scrypt(N=1024,r=16,p=2,length=50,salt=hex)"},
    ),
}

WRAPPERS = {
    "Django bcrypt": lambda p: django_bcrypt(django.BCryptPasswordHasher(), p),
    "Django bcrypt_sha256": lambda p: django_bcrypt(django.BCryptSHA256PasswordHasher(), p),
    "Django argon2": lambda p: "argon2" + argon2_phc(p),
    "Django md5": lambda p: django.MD5PasswordHasher().encode(p, "seasalt"),
    "Django sha1": lambda p: "sha1$seasalt$" + hashlib.sha1(("seasalt" + p).encode()).hexdigest(),
    "Django unsalted sha1": lambda p: "sha1$$" + hashlib.sha1(p.encode()).hexdigest(),
    "passlib bcrypt-sha256 v1": lambda p: passlib.bcrypt_sha256.using(
        salt="abcdefghijklmnopqrstuu", rounds=4, version=1).hash(p),
    "passlib bcrypt-sha256 v2": lambda p: passlib.bcrypt_sha256.using(
        salt="abcdefghijklmnopqrstuu", rounds=4, version=2).hash(p),
    "WordPress 6.8": wordpress,
    "Nextcloud bcrypt": lambda p: "1|" + bcrypt_of(p.encode(), "2y"),
    "Nextcloud argon2id": lambda p: "3|" + argon2_phc(p),
    "Spring bcrypt": lambda p: "{bcrypt}" + bcrypt_of(p.encode(), "2a"),
    "Spring argon2": lambda p: "{argon2}" + argon2_phc(p),
    "Spring argon2 5.8": lambda p: "{argon2@SpringSecurity_v5_8}" + argon2_phc(p),
    "OpenLDAP ARGON2": lambda p: "{ARGON2}" + argon2_phc(p),
    "OpenLDAP CRYPT": lambda p: "{CRYPT}" + bcrypt_of(p.encode(), "2y"),
    "Spring sha256": lambda p: "{sha256}" + (SALT[:8] + iterated(1024, SALT[:8] + p.encode())).hex(),
    "Spring sha256 with a secret": lambda p: (
        "{sha256}" + (SALT[:8] + iterated(1024, SALT[:8] + "gehéim".encode() + p.encode())).hex(),
        {"pepper": "gehéim"},
    ),
    "Spring MD5": lambda p: spring_digest("MD5", "md5", p, "{aRYR+Yp2=}"),
    "Spring MD5 without salt": lambda p: spring_digest("MD5", "md5", p, ""),
    "Spring SHA-1": lambda p: spring_digest("SHA-1", "sha1", p, "{aRYR+Yp2=}"),
    "Spring SHA-256": lambda p: spring_digest("SHA-256", "sha256", p, "{aRYR+Yp2=}"),
    "Spring SHA-512": lambda p: spring_digest("SHA-512", "sha512", p, "{aRYR+Yp2=}"),
    "Spring ldap": lambda p: "{ldap}" + passlib.ldap_salted_sha1.using(salt=SALT[:8]).hash(p),
    "LDAP SHA": passlib.ldap_sha1.hash,
    "LDAP SSHA": passlib.ldap_salted_sha1.using(salt=SALT[:8]).hash,
    "LDAP MD5": passlib.ldap_md5.hash,
    "LDAP SMD5": passlib.ldap_salted_md5.using(salt=SALT[:4]).hash,
    "LDAP SHA256": lambda p: "{SHA256}" + b64(hashlib.sha256(p.encode()).digest()),
    "LDAP SSHA256": passlib.ldap_salted_sha256.using(salt=SALT[:8]).hash,
    "LDAP SSHA384": lambda p: "{SSHA384}" + b64(hashlib.sha384(p.encode() + SALT).digest() + SALT),
    "LDAP SSHA512": passlib.ldap_salted_sha512.using(salt=SALT[:8]).hash,
    "LDAP ssha": lambda p: passlib.ldap_salted_sha1.using(salt=SALT[:8]).hash(p).replace("SSHA", "ssha"),
    "hMailServer": lambda p: (
        "4ae3f9" + hashlib.sha256(b"4ae3f9" + p.encode()).hexdigest(), {"scheme": "hmailserver"}),
    "plain text": lambda p: (p, {"scheme": "plaintext"}),
    "plain text, Spring": lambda p: ("{noop}" + p, {"scheme": "plaintext"}),
}


def entries(makers):
    for maker, make in makers.items():
        for about, password in PASSWORDS.items():
            made = make(password)
            encoded, more = made if isinstance(made, tuple) else (made, {})
            for word, typed, matches in (("", password, True), (", another first byte", "x" + password, False)):
                lossy = {"lossy": True} if matches and maker.startswith("WordPress") and about == "blanks" else {}
                yield {
                    "scheme": "auto",
                    "about": "%s, %s%s" % (maker, about, word),
                    "passwordHex": typed.encode().hex(),
                    "encoded": encoded,
                    **more,
                    "matches": matches,
                    **lossy,
                }


for name, makers in (("kdf", KDF), ("wrappers", WRAPPERS)):
    generator = "Django, Werkzeug, passlib, bcrypt, argon2-cffi and hashlib of Python"
    text = json.dumps({"generator": generator, "entries": list(entries(makers))}, indent=2, ensure_ascii=False)
    (Path(__file__).parent / (name + ".json")).write_text(text + "\n")
