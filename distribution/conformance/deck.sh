#!/bin/sh
# Builds decK, the client that users of Kong keep their configuration with, from the Go module proxy, and prints where it is.
# Its own go.sum says what its dependencies have to be.
set -eu
version=v1.55.0
here=$(cd "$(dirname "$0")" && pwd -P)
deck=$here/target/tools/deck-$version
if [ ! -x "$deck" ]; then
  source=$(go mod download -json "github.com/kong/deck@$version" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",\{0,1\}$/\1/p')
  mkdir -p "$here/target/tools"
  (cd "$source" && go build -mod=readonly -trimpath -o "$deck" .) >&2
fi
echo "$deck"
