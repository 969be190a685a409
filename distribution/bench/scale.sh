#!/bin/sh
# Sluice with very many entities; see README.md beside this file. `scale.sh --help` lists the options.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
PYTHONPATH=$here${PYTHONPATH:+:$PYTHONPATH} PYTHONDONTWRITEBYTECODE=1 exec python3 -m harness.scale "$@"
