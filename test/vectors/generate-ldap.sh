#!/bin/sh
# Known answers of OpenLDAP: writes ldap.json beside itself. Needs Debian's slapd and slapd-contrib (slappasswd and the
# modules pw-sha2, pw-pbkdf2 and argon2). Salts are new at each run.
set -eu
cd "$(dirname "$0")"
. ./print-entries.sh
modules=/usr/lib/ldap

made() { # about, scheme, more options of slappasswd
  about=$1
  scheme=$2
  shift 2
  for password in 'correct horse battery staple' 'Pässw0rd-42' ' blanks at both ends '; do
    secret=$(mktemp)
    printf '%s' "$password" >"$secret"
    value=$(slappasswd -h "$scheme" "$@" -T "$secret" -n)
    rm "$secret"
    entries "$about" "$password" "$value" ''
  done
}

{
  printf '{\n  "generator": "slappasswd of %s",\n  "entries": [\n' "$(dpkg-query -W -f='${Package} ${Version}' slapd)"
  for scheme in SSHA SHA SMD5 MD5; do made "{$scheme}" "{$scheme}"; done
  made '{CRYPT} of sha512' '{CRYPT}' -c '$6$%.16s'
  for scheme in SSHA256 SSHA384 SSHA512 SHA256 SHA384 SHA512; do
    made "{$scheme}" "{$scheme}" -o module-path=$modules -o module-load=pw-sha2
  done
  for scheme in PBKDF2 PBKDF2-SHA1 PBKDF2-SHA256 PBKDF2-SHA512; do
    made "{$scheme}" "{$scheme}" -o module-path=$modules -o module-load=pw-pbkdf2
  done
  made '{ARGON2}' '{ARGON2}' -o module-path=$modules -o module-load=argon2
  printf '\n  ]\n}\n'
} >ldap.json
