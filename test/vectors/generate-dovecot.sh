#!/bin/sh
# Known answers of Dovecot: writes dovecot.json beside itself. Needs Debian's dovecot-core (doveadm). Salts are new at
# each run.
set -eu
cd "$(dirname "$0")"

entry() { # about, password, encoded, rest of the object
  hex=$(printf '%s' "$2" | od -An -tx1 | tr -d ' \n')
  printf '    { "scheme": "auto", "about": "%s", "passwordHex": "%s", "encoded": "%s", %s }' "$1" "$hex" "$3" "$4"
}

{
  printf '{\n  "generator": "doveadm pw of %s",\n  "entries": [\n' "$(dpkg-query -W -f='${Package} ${Version}' dovecot-core)"
  comma=
  for scheme in PLAIN-MD4 PLAIN-MD5 PLAIN-MD5.B64 LDAP-MD5 LDAP-MD5.HEX SMD5 SMD5.HEX SHA SHA.HEX SHA1 SSHA SSHA.HEX \
    SHA256 SHA256.HEX SSHA256 SSHA256.B64 SHA512.HEX SHA512.BASE64 SSHA512 SSHA512.HEX MD5 MD5-CRYPT DES-CRYPT \
    SHA256-CRYPT SHA512-CRYPT BLF-CRYPT ARGON2I ARGON2ID PBKDF2 SCRAM-SHA-1 SCRAM-SHA-256; do
    about="{$scheme}"
    for password in 'horse-42' 'Päss-42'; do
      value=$(doveadm -O pw -s "$scheme" -p "$password")
      lossy=
      case "$scheme" in DES-CRYPT) [ "$password" = horse-42 ] || lossy=', "lossy": true' ;; esac
      printf '%s' "$comma"
      comma=',
'
      entry "$about, \\\"$password\\\"" "$password" "$value" "\"matches\": true$lossy"
      printf ',\n'
      entry "$about, another password" "x$password" "$value" '"matches": false'
      printf ',\n'
      entry "$about, cut" "$password" "$(printf '%s' "$value" | cut -c1-21)" '"matches": false, "damaged": true'
    done
  done
  printf '\n  ]\n}\n'
} >dovecot.json
