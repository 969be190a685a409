#!/bin/sh
# What each policy costs; see README.md beside this file. `plugins.sh --help` lists the options.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
PYTHONPATH=$here${PYTHONPATH:+:$PYTHONPATH} PYTHONDONTWRITEBYTECODE=1 exec python3 -m harness.plugins "$@"
