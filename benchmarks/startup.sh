#!/bin/sh
# Measures how long "escapade version" takes against a bare Java hello-world on the same JDK, in
# turns, and prints both medians in milliseconds and their ratio (goal: at most 2.5).
#
# usage: benchmarks/startup.sh [RUNS]
set -eu
runs=${1:-21}
root=$(cd "$(dirname "$0")/.." && pwd -P)
escapade=$root/escapade
"$escapade" version
java=$(sed -n 2p "$root/.out/current")

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cat >"$tmp/Hello.java" <<'J'
public class Hello {
  public static void main(String[] args) {
    System.out.println("Hello, world");
  }
}
J
"${java%/java}/javac" -d "$tmp" "$tmp/Hello.java"

millis() { # runs a command, prints its wall time in tenths of a millisecond
  start=$(date +%s%N)
  "$@" >/dev/null
  end=$(date +%s%N)
  echo $(((end - start) / 100000))
}

i=0
while [ "$i" -lt "$runs" ]; do
  millis "$java" -cp "$tmp" Hello >>"$tmp/hello"
  millis "$escapade" version >>"$tmp/escapade"
  i=$((i + 1))
done
median() { sort -n "$1" | sed -n "$(((runs + 1) / 2))p"; }
hello=$(median "$tmp/hello")
ours=$(median "$tmp/escapade")
awk -v h="$hello" -v e="$ours" -v n="$runs" 'BEGIN {
  printf "hello-world %.1f ms, escapade version %.1f ms (medians of %d), ratio %.2f\n", h/10, e/10, n, e/h
}'
