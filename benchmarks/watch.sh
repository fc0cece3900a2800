#!/bin/sh
# Measures how long "escapade build -watch" takes to decide again when one function has changed, from
# the first notice of the change until the output is printed, as it says itself; and "go build" after
# the same change. Works on a copy of the module. The function is changed by adding TEXT at the end
# of a LINE of FILE.
#
# usage: benchmarks/watch.sh client-go        (a function of its largest package, with -m=2; goal: at most 150 ms)
#        benchmarks/watch.sh typescript-go    (the same with -m; go build without flags, for it needs over 22 GB with -m=2)
#        benchmarks/watch.sh DIR FILE LINE TEXT [PATTERN [FLAGS [GOFLAGS]]]
# RUNS in the environment says how many changes there are (default: 9). Modules are downloaded by the
# go command if they are not in its module cache.
set -eu
runs=${RUNS:-9}
root=$(cd "$(dirname "$0")/.." && pwd -P)
export CGO_ENABLED=0 GOTOOLCHAIN=local

module() { # path@version: its directory in the module cache
  (cd / && GOFLAGS=-mod=mod go mod download -json "$1") | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p'
}

case $1 in
  client-go)
    set -- "$(module k8s.io/client-go@v0.37.2)" applyconfigurations/core/v1/pod.go 75 '; b.WithName(pod.Name)' \
      ./applyconfigurations/core/v1
    ;;
  typescript-go)
    set -- "$(module github.com/microsoft/typescript-go@v0.0.0-20260708042240-2bd066d87f5b)" \
      internal/checker/inference.go 57 '; n.originalTarget = originalTarget' ./internal/checker -m ''
    ;;
esac
dir=$1
file=$2
line=$3
text=$4
pattern=${5:-./...}
flags=${6:--m=2}
goflags=${7-$flags}
"$root/escapade" version
go version
tmp=$(mktemp -d)
watcher=
trap '[ -z "$watcher" ] || kill "$watcher"; chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
trap 'exit 1' INT TERM
export GOFLAGS="${GOFLAGS:--mod=mod}" GOCACHE="${GOCACHE:-$tmp/go}"
cp -r "$dir" "$tmp/module"
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
  while [ "$(grep -c '^escapade: [0-9]* packages, [0-9]* ms$' "$tmp/log")" -lt "$1" ]; do
    kill -0 "$watcher" || exit 1
    sleep 0.1
  done
}

: >"$tmp/log"
"$root/escapade" build -watch -gcflags="$flags" "$pattern" >"$tmp/log" 2>&1 &
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
grep '^escapade: ' "$tmp/log" | sed 1d | sed 's/.*, \([0-9]*\) ms$/\1/' | sort -n >"$tmp/times"
echo "escapade build -watch -gcflags=$flags: median $(sed -n "$(((runs + 1) / 2))p" "$tmp/times") ms of $runs changes"

go build -gcflags="$goflags" "$pattern" >/dev/null 2>&1
i=1
while [ "$i" -le 3 ]; do
  edit $((runs + i))
  start=$(date +%s%N)
  go build -gcflags="$goflags" "$pattern" >/dev/null 2>&1
  end=$(date +%s%N)
  echo "go build -gcflags=$goflags: $(((end - start) / 1000000)) ms"
  i=$((i + 1))
done
