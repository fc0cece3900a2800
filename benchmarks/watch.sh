#!/bin/sh
# Measures how long "escapade build -watch -gcflags=-m=2" takes to decide again when one function
# has changed, as it says itself, and "go build" with the same flags after the same change. Works on
# a copy of the module. The function is changed by adding TEXT at the end of a LINE of FILE.
#
# usage: benchmarks/watch.sh DIR FILE LINE TEXT [PATTERN [RUNS]]
#   for example, in client-go v0.37.2, a statement more in ExtractPodFrom, of the largest package:
#   benchmarks/watch.sh DIR applyconfigurations/core/v1/pod.go 75 '; b.WithName(pod.Name)' ./applyconfigurations/core/v1
set -eu
module=$1
file=$2
line=$3
text=$4
pattern=${5:-./...}
runs=${6:-9}
root=$(cd "$(dirname "$0")/.." && pwd -P)
"$root/escapade" version
go version
tmp=$(mktemp -d)
watcher=
trap '[ -z "$watcher" ] || kill "$watcher"; chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
export CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS="${GOFLAGS:--mod=mod}"
export GOCACHE="${GOCACHE:-$tmp/go}"
cp -r "$module" "$tmp/module"
chmod -R u+w "$tmp/module"
cd "$tmp/module"
cp "$file" "$tmp/original"

edit() { # how many times the text is added
  added=
  n=0
  while [ "$n" -lt "$1" ]; do added="$added$text"; n=$((n + 1)); done
  awk -v n="$line" -v t="$added" 'NR == n { $0 = $0 t } { print }' "$tmp/original" >"$tmp/new"
  cat "$tmp/new" >"$file"
}

await() { # how many runs the watcher has ended
  while [ "$(grep -c '^escapade: [0-9]* packages, [0-9]* ms$' "$tmp/log")" -lt "$1" ]; do sleep 0.1; done
}

: >"$tmp/log"
"$root/escapade" build -watch -gcflags=-m=2 "$pattern" >"$tmp/log" 2>&1 &
watcher=$!
await 1
i=1
while [ "$i" -le "$runs" ]; do
  edit "$i"
  await $((i + 1))
  i=$((i + 1))
done
kill "$watcher"
watcher=
grep '^escapade: ' "$tmp/log"

go build -gcflags=-m=2 "$pattern" >/dev/null 2>&1
i=1
while [ "$i" -le 3 ]; do
  edit $((runs + i))
  start=$(date +%s%N)
  go build -gcflags=-m=2 "$pattern" >/dev/null 2>&1
  end=$(date +%s%N)
  echo "go build: $(((end - start) / 1000000)) ms"
  i=$((i + 1))
done
