#!/bin/sh
# Builds h2spec, the conformance test of HTTP/2, from the Go module proxy, runs it against a gateway and prints its result.
# What follows goes to h2spec: h2spec.sh generic/3.5
set -eu
version=v2.2.1+incompatible
here=$(cd "$(dirname "$0")" && pwd -P)
tools=$here/target/tools
tool=$tools/h2spec-$version
home=$(ls -d "$here"/../package/target/sluice-*/sluice-* 2>/dev/null | head -n 1)
if [ -z "$home" ]; then
  echo "there is no distribution: mvn -pl distribution/package -am package -DskipTests" >&2
  exit 1
fi
if [ ! -x "$tool" ]; then
  mkdir -p "$tools"
  GOBIN=$tools go install "github.com/summerwind/h2spec/cmd/h2spec@$version" >&2
  mv "$tools/h2spec" "$tool"
fi
prefix=$(mktemp -d)
SLUICE_PROXY_LISTEN="127.0.0.1:0, 127.0.0.1:${SAFETY_PORT:-28443} ssl http2" SLUICE_ADMIN_LISTEN=127.0.0.1:0 SLUICE_ADMIN_GUI_LISTEN=off \
  SLUICE_STATUS_LISTEN=off "$home/bin/sluice" start -p "$prefix" --demo --demo-ports 0,0 >"$prefix/log" 2>&1 &
gateway=$!
trap 'kill $gateway; wait $gateway || true; rm -rf "$prefix"' EXIT
tries=0
until grep -q "demo: backends" "$prefix/log"; do
  tries=$((tries + 1))
  if [ $tries -gt 600 ] || ! kill -0 $gateway 2>/dev/null; then
    cat "$prefix/log" >&2
    exit 1
  fi
  sleep 0.1
done
"$tool" -t -k -h 127.0.0.1 -p "${SAFETY_PORT:-28443}" "$@"
