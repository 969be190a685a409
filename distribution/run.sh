#!/bin/sh
# Builds Sluice if that is needed and starts it in the foreground, on its embedded store below target/.
# Arguments go to "sluice start": --demo for two backends and the walkthrough, -c FILE, -p PATH.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
version=0.1.0
package=$root/distribution/package/target
home=$package/sluice-$version/sluice-$version

newer() {
  find "$root/pom.xml" "$root/plugin-api" "$root/kernel" "$root/plugins" "$root/distribution/package" \
    \( -name target -o -name node_modules -o -path '*/src/test' \) -prune -o -type f -newer "$1" -print -quit 2>/dev/null
}

if [ ! -x "$home/bin/sluice" ] || [ -n "$(newer "$home/bin/sluice")" ]; then
  echo "Building Sluice (tests are left out; 'mvn verify' runs them) ..." >&2
  # With javac's packages open to Maven itself, as Error Prone needs them, no compiler is started for each module.
  for name in api file main model parser processing tree util; do
    MAVEN_OPTS="${MAVEN_OPTS:-} --add-exports=jdk.compiler/com.sun.tools.javac.$name=ALL-UNNAMED"
  done
  for name in code comp; do
    MAVEN_OPTS="$MAVEN_OPTS --add-opens=jdk.compiler/com.sun.tools.javac.$name=ALL-UNNAMED"
  done
  export MAVEN_OPTS
  (cd "$root" && mvn -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true -Djavac.fork=false \
    -pl distribution/package -am package >&2)
  unset MAVEN_OPTS
  "$home/bin/sluice" archive-classes >&2 || echo "Classes could not be archived; starts take longer." >&2
  touch "$home/bin/sluice"
fi

prefix=$package/node
for argument in "$@"; do
  case $argument in
    -p | --prefix | --prefix=*) prefix= ;;
  esac
done
if [ -n "$prefix" ]; then
  set -- -p "$prefix" "$@"
fi
exec "$home/bin/sluice" start "$@"
