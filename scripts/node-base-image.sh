#!/usr/bin/env bash
# Makes a base image with Node 24 and npm where no image registry can be reached: Debian by debootstrap, Node from the
# npm package `node`, npm from this machine's own.
#
#   scripts/node-base-image.sh TAG
set -euo pipefail
tag=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
archive=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true; } | grep -E '^(deb |URIs:)' | grep -oE 'https?://[^ ]+' | sed -n 1p)
debootstrap --variant=minbase --include=ca-certificates bookworm "$work/root" "$archive" >"$work/debootstrap.log" 2>&1 ||
  { tail -n 5 "$work/debootstrap.log" >&2; exit 1; }
cp /etc/ssl/certs/ca-certificates.crt "$work/root/etc/ssl/certs/ca-certificates.crt"

npm install --prefix "$work/npm" --no-audit --no-fund --loglevel=error node@24
install -m 755 "$work/npm/node_modules/node/bin/node" "$work/root/usr/local/bin/node"
npm_folder=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
mkdir -p "$work/root/usr/local/lib/node_modules"
cp -a "$npm_folder" "$work/root/usr/local/lib/node_modules/npm"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$work/root/usr/local/bin/npm"
chroot "$work/root" sh -c 'groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node'
rm -rf "$work/root"/var/cache/apt/* "$work/root"/var/lib/apt/lists/* "$work/root"/usr/share/{doc,man,locale}/*

container=$(buildah from scratch)
buildah add -q "$container" "$work/root" / >/dev/null
buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --cmd node "$container"
buildah commit -q "$container" "$tag" >/dev/null
buildah rm "$container" >/dev/null
echo "$tag"
