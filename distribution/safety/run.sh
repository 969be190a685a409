#!/bin/sh
# Does to a gateway what hostile clients, broken upstreams and faulty plugins do, and prints what became of it, case by
# case: see README.md here.
#   run.sh          the quick run, which "mvn verify" makes too
#   run.sh full     the long one
# What follows goes to Maven: run.sh full -Dtest=FuzzTest -Dsluice.safety.seed=42
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
cd "$root"
full=false
if [ "${1:-}" = full ]; then
  full=true
  shift
fi
code=0
mvn -B -ntp -q -pl distribution/safety -am verify -DskipTests -Dspotless.check.skip=true \
  -Dsluice.safety.skip=false -Dsluice.safety.full=$full -Dsurefire.failIfNoSpecifiedTests=false "$@" || code=$?
cat distribution/safety/target/safety.md
exit $code
