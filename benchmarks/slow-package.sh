#!/bin/sh
# Measures a package that the compiler finds slow, such as a large generated one (golang/go#73044):
# "escapade build -no-cache" of the package and all that it imports, against "go build" of the
# package alone, with everything that it imports in the cache.
#
# usage: benchmarks/slow-package.sh DIR PACKAGE [FLAGS]
#   for example in a module that requires modernc.org/sqlite: benchmarks/slow-package.sh DIR modernc.org/sqlite/lib
set -eu
dir=$1
package=$2
flags=${3:--m=2}
root=$(cd "$(dirname "$0")/.." && pwd -P)
"$root/escapade" version
go version
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
export CGO_ENABLED=0 GOTOOLCHAIN=local
export GOCACHE="${GOCACHE:-$tmp/go}"
cd "$dir"
go build "$package"

measure() { # name, command...
  name=$1
  shift
  start=$(date +%s%N)
  "$@" >"$tmp/$name.out" 2>&1 || { head "$tmp/$name.out"; exit 1; }
  end=$(date +%s%N)
  echo $(((end - start) / 1000000)) >"$tmp/$name"
}

measure ours "$root/escapade" build -no-cache -gcflags="$flags" "$package"
# A flag that changes nothing but makes the result another one, so that it is not in the cache.
measure go go build -gcflags="$flags -env=ESCAPADE_RUN=$$" "$package"
measure ours2 "$root/escapade" build -no-cache -gcflags="$flags" "$package"
awk -v a="$(cat "$tmp/ours")" -v b="$(cat "$tmp/ours2")" -v g="$(cat "$tmp/go")" -v p="$package" 'BEGIN {
  printf "%s: escapade with all imports %.1f s and %.1f s, go build of it alone %.1f s, ratio %.2f\n",
    p, a/1000, b/1000, g/1000, (a+b)/2/g
}'
