#!/bin/sh
# Known answers of Dovecot: writes dovecot.json beside itself. Needs Debian's dovecot-core (doveadm). Salts are new at
# each run.
set -eu
cd "$(dirname "$0")"
. ./print-entries.sh

{
  printf '{\n  "generator": "doveadm pw of %s",\n  "entries": [\n' "$(dpkg-query -W -f='${Package} ${Version}' dovecot-core)"
  for scheme in PLAIN-MD4 PLAIN-MD5 PLAIN-MD5.B64 LDAP-MD5 LDAP-MD5.HEX SMD5 SMD5.HEX SHA SHA.HEX SHA1 SSHA SSHA.HEX \
    SHA256 SHA256.HEX SSHA256 SSHA256.B64 SHA512.HEX SHA512.BASE64 SSHA512 SSHA512.HEX MD5 MD5-CRYPT DES-CRYPT \
    SHA256-CRYPT SHA512-CRYPT BLF-CRYPT ARGON2I ARGON2ID PBKDF2 SCRAM-SHA-1 SCRAM-SHA-256; do
    # DES looks at seven bits of a byte, and at eight bytes: another password has to differ in those.
    for password in 'horse42' 'Päs-42'; do
      lossy=
      [ "$scheme $password" != 'DES-CRYPT Päs-42' ] || lossy=', "lossy": true'
      entries "{$scheme}" "$password" "$(doveadm -O pw -s "$scheme" -p "$password")" "$lossy"
    done
  done
  printf '\n  ]\n}\n'
} >dovecot.json
