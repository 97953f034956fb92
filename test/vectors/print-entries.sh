# For the generators that are shell scripts, which source it: the JSON of known answers.

comma=

entry() { # about, password, encoded, rest of the object
  hex=$(printf '%s' "$2" | od -An -tx1 | tr -d ' \n')
  printf '%s    { "scheme": "auto", "about": "%s", "passwordHex": "%s", "encoded": "%s", %s }' \
    "$comma" "$1" "$hex" "$3" "$4"
  comma=',
'
}

# The password opens the value, another does not, and what is left of a value that was cut is read by no scheme.
entries() { # about, password, encoded, more of the object where it matches
  entry "$1, \\\"$2\\\"" "$2" "$3" "\"matches\": true$4"
  entry "$1, another password" "$2." "$3" '"matches": false'
  entry "$1, cut" "$2" "$(printf '%s' "$3" | cut -c1-20)" '"matches": false, "damaged": true'
}
