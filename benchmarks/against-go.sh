#!/bin/sh
# Measures a cold "escapade build -no-cache -gcflags=FLAGS PATTERN" against go build with an empty build cache, one after the other,
# and prints wall times, peak memory and the ratio (goal for std on 2 cores: at most 0.4, at most 2 GiB).
#
# usage: benchmarks/against-go.sh [PATTERN [FLAGS...]]    (default: std, with -m and then with -m=2)
set -eu
pattern=${1:-std}
if [ $# -gt 1 ]; then shift; else set -- -m -m=2; fi
root=$(cd "$(dirname "$0")/.." && pwd -P)
"$root/escapade" version
go version
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
export CGO_ENABLED=0 GOTOOLCHAIN=local
cd "$tmp"
printf 'module empty\n' >go.mod

measure() { # name, command...: wall milliseconds into the file NAME, peak kilobytes into NAME.kb
  name=$1
  shift
  start=$(date +%s%N)
  if [ -x /usr/bin/time ]; then
    /usr/bin/time -f %M -o "$tmp/$name.kb" "$@" >"$tmp/$name.out" 2>&1 || true
  else
    "$@" >"$tmp/$name.out" 2>&1 || true
    echo 0 >"$tmp/$name.kb"
  fi
  end=$(date +%s%N)
  echo $(((end - start) / 1000000)) >"$tmp/$name"
}

for flags in "$@"; do
  measure ours "$root/escapade" build -no-cache -gcflags="$flags" "$pattern"
  GOCACHE=$tmp/cache measure go go build -gcflags="$flags" "$pattern"
  chmod -R u+w "$tmp/cache"
  rm -rf "$tmp/cache"
  measure ours2 "$root/escapade" build -no-cache -gcflags="$flags" "$pattern"
  awk -v a="$(cat "$tmp/ours")" -v b="$(cat "$tmp/ours2")" -v g="$(cat "$tmp/go")" -v kb="$(tail -n 1 "$tmp/ours.kb")" \
    -v p="$pattern $flags" 'BEGIN {
    printf "%s: escapade %.1f s and %.1f s (peak %.2f GiB), go build %.1f s, ratio %.2f\n",
      p, a/1000, b/1000, kb/1048576, g/1000, (a+b)/2/g
  }'
done
