#!/bin/sh
# Runs the load benchmark; see README.md beside this file. `run.sh --help` lists the options.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

install() {
  PATH=$PATH:/usr/sbin:/sbin
  missing=
  for program in nginx haproxy wrk strace openssl python3; do
    command -v "$program" >/dev/null || missing="$missing $program"
  done
  command -v h2load >/dev/null || missing="$missing nghttp2-client"
  [ -n "$missing" ] || return 0
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root apt-get update -q -o Acquire::Retries=3
  # shellcheck disable=SC2086 # one word per package
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o Acquire::Retries=3 --no-install-recommends $missing
}

if [ "${1:-}" = --install ]; then
  shift
  install
  [ $# -gt 0 ] || exit 0
fi
PYTHONPATH=$here${PYTHONPATH:+:$PYTHONPATH} PYTHONDONTWRITEBYTECODE=1 exec python3 -m harness "$@"
