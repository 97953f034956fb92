"""A legacy app in Python: Django's and Werkzeug's check_password, and OpenLDAP's {SSHA}, by the standard library alone."""
import base64, hashlib, hmac, json, sys

given = json.load(sys.stdin)
stored, password = given["row"]["pass"], given["password"].encode()


def accepts():
    if stored.startswith("pbkdf2_sha256$"):
        _, iterations, salt, key = stored.split("$")
        made = hashlib.pbkdf2_hmac("sha256", password, salt.encode(), int(iterations))
        return hmac.compare_digest(base64.b64encode(made).decode(), key)
    if stored.startswith("pbkdf2:sha256:"):
        method, salt, key = stored.split("$")
        made = hashlib.pbkdf2_hmac("sha256", password, salt.encode(), int(method.split(":")[2]))
        return hmac.compare_digest(made.hex(), key)
    if stored.startswith("{SSHA}"):
        raw = base64.b64decode(stored[6:])
        return hmac.compare_digest(hashlib.sha1(password + raw[20:]).digest(), raw[:20])
    raw = base64.b64decode(stored)  # ASP.NET Core Identity 3
    iterations, length = int.from_bytes(raw[5:9], "big"), int.from_bytes(raw[9:13], "big")
    name = ["sha1", "sha256", "sha512"][int.from_bytes(raw[1:5], "big")]
    salt, key = raw[13 : 13 + length], raw[13 + length :]
    return hmac.compare_digest(hashlib.pbkdf2_hmac(name, password, salt, iterations, len(key)), key)


print(json.dumps(accepts()))
