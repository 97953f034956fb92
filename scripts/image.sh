#!/usr/bin/env bash
# Builds the image from the Dockerfile, starts it and looks at it from outside.
#
#   scripts/image.sh            builds footbridge:local, runs the demo's story in it, then serves from it until healthy
#   NODE_IMAGE=... scripts/image.sh   builds on another base image
#
# With a Docker engine it uses that. Without one it uses buildah (Debian: apt-get install buildah debootstrap), and
# where no image registry answers it first makes a base image out of Debian's packages and npm's `node` package.
set -euo pipefail
cd "$(dirname "$0")/.."
image=footbridge:local
work=$(mktemp -d)
containers=()
cleanup() {
  for container in "${containers[@]}"; do buildah rm "$container" >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap cleanup EXIT
say() { printf '\n== %s\n' "$*"; }

if docker info >/dev/null 2>&1; then
  say 'Building with Docker'
  docker build ${NODE_IMAGE:+--build-arg NODE_IMAGE="$NODE_IMAGE"} -t "$image" .
  in_image() { docker run --rm --network host --read-only --tmpfs /tmp -v "$work:/work" "$image" "$@"; }
  size() { docker image inspect --format '{{.Size}}' "$image"; }
else
  for program in buildah debootstrap; do
    command -v "$program" >/dev/null && continue
    say "Installing $program"
    ${SUDO:-} apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive ${SUDO:-} apt-get install -y -q "$program" >/dev/null
  done
  base=${NODE_IMAGE:-docker.io/library/node:24-bookworm-slim}
  if ! buildah inspect --type image "$base" >/dev/null 2>&1 && ! timeout 60 buildah pull -q "$base" >/dev/null 2>&1; then
    base=localhost/footbridge-node:24
    buildah inspect --type image "$base" >/dev/null 2>&1 || scripts/node-base-image.sh "$base"
  fi
  say "Building with buildah on $base"
  # Where this machine's npm is told to use a mirror or certificates of its own, the build is lent the same settings.
  cat /usr/etc/npmrc "$HOME/.npmrc" >"$work/npmrc" 2>/dev/null || true
  lend=(-v "$work/npmrc:/usr/local/etc/npmrc:ro")
  for variable in NPM_CONFIG_REGISTRY npm_config_registry NODE_EXTRA_CA_CERTS; do
    if [ -n "${!variable:-}" ]; then lend+=(--env "$variable=${!variable}"); fi
  done
  buildah bud --isolation chroot --layers=false "${lend[@]}" --build-arg "NODE_IMAGE=$base" -t "$image" .
  in_image() {
    local container
    container=$(buildah from "$image")
    containers+=("$container")
    buildah run --isolation chroot -v "$work:/work" "$container" -- node /app/dist/main.js "$@"
  }
  size() { buildah images --format '{{.Size}}' "$image"; }
fi
say "Image $image: $(size)"

chmod 777 "$work"
say "The demo's story, in the image"
in_image demo --once

say 'Serving from the image'
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
cat >"$work/footbridge.yaml" <<CONFIG
issuer: http://127.0.0.1:$port
server: { port: $port }
store: sqlite:/work/store.sqlite
secretKey: $(head -c 32 /dev/urandom | base64)
legacy:
  { kind: sqlite, url: 'sqlite:/work/legacy.sqlite', table: users, id: id, login: [name], password: { column: password } }
CONFIG
chmod 644 "$work/footbridge.yaml"
in_image --config /work/footbridge.yaml serve >"$work/serve.log" 2>&1 &
serving=$!
for _ in $(seq 100); do
  curl -fsS "http://127.0.0.1:$port/healthz" >/dev/null 2>&1 && break
  kill -0 "$serving" 2>/dev/null || { cat "$work/serve.log"; echo 'It ended instead of serving.' >&2; exit 1; }
  sleep 0.2
done
curl -fsS "http://127.0.0.1:$port/.well-known/openid-configuration" | head -c 120
echo ' ...'
owner=$(stat -c %u "$work/store.sqlite")
[ "$owner" = 1000 ] || { echo "It runs as user $owner instead of 1000." >&2; exit 1; }
kill "$serving" 2>/dev/null || true
pkill -TERM -f "/app/dist/main.js --config /work/footbridge.yaml serve" 2>/dev/null || true
wait "$serving" 2>/dev/null || true
say 'The image builds, runs the story and serves as user 1000.'
