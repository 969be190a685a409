#!/bin/sh
# Builds decK, the client that users of Kong keep their configuration with, from the Go module proxy, and prints where it is.
# Its own go.sum says what its dependencies have to be.
#   deck.sh           builds it, unless it is there
#   deck.sh --where   only prints where it will be; beside it a file with the end .failed says that it could not be built
set -eu
version=v1.55.0
here=$(cd "$(dirname "$0")" && pwd -P)
deck=$here/target/tools/deck-$version
if [ "${1:-}" != --where ] && [ ! -x "$deck" ]; then
  mkdir -p "$here/target/tools"
  rm -f "$deck.failed"
  trap 'test -x "$deck" || echo "decK could not be built" >"$deck.failed"' EXIT
  source=$(go mod download -json "github.com/kong/deck@$version" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",\{0,1\}$/\1/p')
  (cd "$source" && go build -mod=readonly -trimpath -o "$deck.new" .) >&2
  mv "$deck.new" "$deck"
fi
echo "$deck"
