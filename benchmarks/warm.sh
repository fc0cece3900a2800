#!/bin/sh
# Measures a run in which nothing has changed: "escapade build" against "go build" with a full cache,
# in turns, silent and with -m=2, in a module. Prints medians of the wall times, and ratios (goal
# for 500 packages on 2 cores: at most 1.5 s, and at most half of go build).
#
# usage: benchmarks/warm.sh DIR [PATTERN [RUNS]]
set -eu
dir=$1
pattern=${2:-./...}
runs=${3:-5}
root=$(cd "$(dirname "$0")/.." && pwd -P)
"$root/escapade" version
go version
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
export CGO_ENABLED=0 GOTOOLCHAIN=local ESCAPADE_CACHE="$tmp/escapade"
# The cache of go that is there already may be used: it is full after the first run.
export GOCACHE="${GOCACHE:-$tmp/go}"
cd "$dir"
echo "$(go list -deps "$pattern" | wc -l) packages, $(go list "$pattern" | wc -l) of them named"

measure() { # name, command...: adds the wall milliseconds to the file NAME
  name=$1
  shift
  start=$(date +%s%N)
  "$@" >"$tmp/out" 2>&1 || { head "$tmp/out"; exit 1; }
  end=$(date +%s%N)
  echo $(((end - start) / 1000000)) >>"$tmp/$name"
}

median() { sort -n "$1" | sed -n "$(((runs + 1) / 2))p"; }

compare() { # flags
  go build -gcflags="$1" "$pattern" >/dev/null 2>&1
  "$root/escapade" build -gcflags="$1" "$pattern" >/dev/null 2>&1
  "$root/escapade" build -gcflags="$1" "$pattern" >/dev/null 2>&1
  rm -f "$tmp/ours" "$tmp/go.times"
  i=0
  while [ "$i" -lt "$runs" ]; do
    measure ours "$root/escapade" build -gcflags="$1" "$pattern"
    measure go.times go build -gcflags="$1" "$pattern"
    i=$((i + 1))
  done
  awk -v a="$(median "$tmp/ours")" -v g="$(median "$tmp/go.times")" -v f="$1" -v n="$runs" 'BEGIN {
    printf "flags \"%s\": escapade %.2f s, go build %.2f s (medians of %d), ratio %.2f\n", f, a/1000, g/1000, n, a/g
  }'
}

compare ""
compare -m=2
