#!/bin/sh
# Measures a run in which nothing has changed: "escapade build" against "go build" with a full cache,
# in turns, silent and with -m=2, in a module. Prints medians of wall and CPU times, and ratios (goal
# for 500 packages on 2 cores: at most 1.5 s, and at most half of go build).
#
# usage: benchmarks/warm.sh DIR [PATTERN [RUNS]]
# With LIBRARIES=1 in the environment, commands are left out: go build links them each time.
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
if [ -n "${LIBRARIES:-}" ]; then
  pattern=$(go list -f '{{if ne .Name "main"}}{{.ImportPath}}{{end}}' "$pattern")
fi
# shellcheck disable=SC2086 # there may be several packages
echo "$(go list -deps $pattern | wc -l) packages, $(go list $pattern | wc -l) of them named"

measure() { # name, command...: adds wall and CPU milliseconds to the files NAME and NAME.cpu
  name=$1
  shift
  /usr/bin/time -f '%e %U %S' -o "$tmp/time" "$@" >"$tmp/out" 2>&1 || { head "$tmp/out"; exit 1; }
  awk '{ print $1 * 1000 }' "$tmp/time" >>"$tmp/$name"
  awk '{ print ($2 + $3) * 1000 }' "$tmp/time" >>"$tmp/$name.cpu"
}

median() { sort -n "$1" | sed -n "$(((runs + 1) / 2))p"; }

# shellcheck disable=SC2086
compare() { # flags
  go build -gcflags="$1" $pattern >/dev/null 2>&1
  "$root/escapade" build -gcflags="$1" $pattern >/dev/null 2>&1
  "$root/escapade" build -gcflags="$1" $pattern >/dev/null 2>&1
  rm -f "$tmp"/ours* "$tmp"/theirs*
  i=0
  while [ "$i" -lt "$runs" ]; do
    measure ours "$root/escapade" build -gcflags="$1" $pattern
    measure theirs go build -gcflags="$1" $pattern
    i=$((i + 1))
  done
  awk -v a="$(median "$tmp/ours")" -v g="$(median "$tmp/theirs")" -v f="$1" -v n="$runs" \
    -v ac="$(median "$tmp/ours.cpu")" -v gc="$(median "$tmp/theirs.cpu")" 'BEGIN {
    printf "flags \"%s\": escapade %.2f s (CPU %.2f s), go build %.2f s (CPU %.2f s), medians of %d, ratio %.2f (CPU %.2f)\n",
      f, a/1000, ac/1000, g/1000, gc/1000, n, a/g, ac/gc
  }'
}

compare ""
compare -m=2
