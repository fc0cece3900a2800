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
export GOCACHE="${GOCACHE:-$tmp/cache}"
cd "$dir"
go build "$package"

measure() { # name, command...: wall and CPU seconds into the file NAME
  name=$1
  shift
  /usr/bin/time -f '%e %U %S' -o "$tmp/$name" "$@" >"$tmp/$name.out" 2>&1 || { head "$tmp/$name.out"; exit 1; }
}

measure ours "$root/escapade" build -no-cache -gcflags="$flags" "$package"
# A flag that changes nothing but makes the result another one, so that it is not in the cache.
measure go go build -gcflags="$flags -env=ESCAPADE_RUN=$$" "$package"
awk -v p="$package" '
  NR == 1 { wall = $1; cpu = $2 + $3 }
  NR == 2 {
    printf "%s: escapade with all imports %.1f s (CPU %.1f s), go build of it alone %.1f s (CPU %.1f s), ratio %.2f (CPU %.2f)\n",
      p, wall, cpu, $1, $2 + $3, wall / $1, cpu / ($2 + $3)
  }' "$tmp/ours" "$tmp/go"
