#!/bin/sh
# Builds Pebble, an ACME authority for tests, from the Go module proxy, and prints where it is. It costs about a minute of
# one processor when Go has built nothing before, most of it for packages that decK needs as well.
#   pebble.sh           builds it, unless it is there
#   pebble.sh --where   only prints where it will be; beside it a file with the end .failed says that it could not be built
set -eu
version=v2.10.1
here=$(cd "$(dirname "$0")/../../.." && pwd -P)
pebble=$here/target/tools/pebble-$version
if [ "${1:-}" != --where ] && [ ! -x "$pebble" ]; then
  mkdir -p "$here/target/tools"
  rm -f "$pebble.failed"
  trap 'test -x "$pebble" || echo "Pebble could not be built" >"$pebble.failed"' EXIT
  source=$(go mod download -json "github.com/letsencrypt/pebble/v2@$version" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",\{0,1\}$/\1/p')
  (cd "$source" && go build -mod=readonly -trimpath -o "$pebble.new" ./cmd/pebble) >&2
  mv "$pebble.new" "$pebble"
fi
echo "$pebble"
