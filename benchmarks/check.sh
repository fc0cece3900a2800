#!/bin/sh
# Measures "escapade check" of a module in which nothing has changed since the last run (goal for 500
# packages on 2 cores: at most 3 s), after one file has changed, and without results of earlier runs.
# Prints wall and CPU seconds and peak memory. The reports of cold and warm runs must be the same.
#
# usage: benchmarks/check.sh client-go
#        benchmarks/check.sh DIR [PATTERN [FLAGS]]    FLAGS are for check, such as -format=html
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
export CGO_ENABLED=0 GOTOOLCHAIN=local
if [ "$1" = client-go ]; then
  shift
  set -- "$(cd / && GOFLAGS=-mod=mod go mod download -json k8s.io/client-go@v0.37.2 |
    sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')" "$@"
fi
dir=$1
pattern=${2:-./...}
flags=${3:-}
"$root/escapade" version
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' INT TERM
export ESCAPADE_CACHE="$tmp/cache" GOFLAGS="${GOFLAGS:--mod=mod}"
cp -r "$dir" "$tmp/module"
chmod -R u+w "$tmp/module"
cd "$tmp/module"
echo "$(go list -deps "$pattern" | wc -l) packages, $(go list "$pattern" | wc -l) of them named"

measure() { # what it is, name of the report
  status=0
  # shellcheck disable=SC2086 # options are meant to be split
  /usr/bin/time -q -f '%e %U %S %M' -o "$tmp/time" "$root/escapade" check $flags "$pattern" \
    >"$tmp/$2" 2>"$tmp/err" || status=$?
  [ "$status" -le 1 ] || { cat "$tmp/err"; exit 1; }
  awk -v what="$1" '{ printf "%s: %.2f s (CPU %.2f s), peak %.2f GiB\n", what, $1, $2 + $3, $4 / 1048576 }' "$tmp/time"
}

measure "cold" cold
sleep 3 # until the stamps of the copied files have settled
measure "warm, files read once more" settled
for i in 1 2 3 4 5; do
  measure "warm" warm
  cmp "$tmp/cold" "$tmp/warm"
done
file=$(go list -f '{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}
{{end}}' "$pattern" | sed '/^$/d' | head -n 1)
echo '// The end.' >>"$file"
measure "one file changed, $file" changed
cmp "$tmp/cold" "$tmp/changed" || true
