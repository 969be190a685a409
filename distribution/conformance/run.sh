#!/bin/sh
# Tests the built distribution from outside, as its users see it, and prints what was measured: see README.md here.
#   run.sh          the quick run, which "mvn verify" makes too
#   run.sh full     the long one, whose figures count
# What follows goes to Maven: run.sh full -Dtest=CrashTest
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
cd "$root"
full=false
forks=2
if [ "${1:-}" = full ]; then
  full=true
  forks=1
  shift
fi
rm -f distribution/conformance/target/figures-*.md
code=0
mvn -B -ntp -q -pl distribution/conformance -am verify -DskipTests -Dspotless.check.skip=true \
  -Dsluice.conformance.skip=false -Dsluice.conformance.full=$full -Dsluice.conformance.forks=$forks -Dsurefire.failIfNoSpecifiedTests=false "$@" || code=$?
cat distribution/conformance/target/figures-*.md
exit $code
