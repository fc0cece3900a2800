// Drops measures what fixes save: for each fix of a module, the benchmarks that reach its line, run
// before and after. Where none does, it makes one that calls the function with simple arguments.
//
// usage: drops [-generate] BEFORE AFTER FIXES.json
//
// BEFORE and AFTER are copies of the module, FIXES.json is what "escapade fix -json" said. Prints a
// line with tabs for each fix: rule, place, function, cold, kind of benchmark (own, setup: reached
// only before its loop, made, none), its name, allocs/op before and after, B/op before and after.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

type fix struct {
	Rule     string
	File     string
	Line     int
	Column   int
	Function string
	Cold     bool
}

// A result of a benchmark: the least of several runs.
type result struct{ allocs, bytes float64 }

// A hit says that a benchmark reaches a fix.
type hit struct {
	bench  string // top-level name
	dir    string
	inLoop bool
	made   bool
}

const (
	few, many  = 10, 30 // rounds for coverage: what is reached as often in both is not in the loop
	runTimeout = 60 * time.Second
)

func main() {
	generate := flag.Bool("generate", false, "make benchmarks where there are none")
	flag.Parse()
	if flag.NArg() != 3 {
		flag.Usage()
		os.Exit(2)
	}
	before, after := abs(flag.Arg(0)), abs(flag.Arg(1))
	var report struct{ Fixed []fix }
	text, err := os.ReadFile(flag.Arg(2))
	check(err)
	check(json.Unmarshal(text, &report))
	work, err := os.MkdirTemp("", "drops")
	check(err)
	defer os.RemoveAll(work)

	p := &prover{before: before, after: after, work: work, module: modulePath(before), fixes: report.Fixed}
	p.hits = make([][]hit, len(p.fixes))
	p.results = map[string][2]map[string]result{}
	for _, dir := range benchmarkDirs(before) {
		if p.needsFixed(dir) {
			p.cover(dir, "^Benchmark", false)
		}
	}
	if *generate {
		p.generate()
	}
	p.measure()
	p.print()
}

type prover struct {
	before, after, work, module string
	fixes                       []fix
	hits                        [][]hit
	results                     map[string][2]map[string]result // by folder and benchmark
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "drops:", err)
		os.Exit(1)
	}
}

func abs(path string) string {
	path, err := filepath.Abs(path)
	check(err)
	return path
}

func modulePath(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	check(err)
	m := regexp.MustCompile(`(?m)^module\s+"?([^\s"]+)`).FindSubmatch(text)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// benchmarkDirs returns the folders of the module with benchmarks, relative to it.
func benchmarkDirs(root string) []string {
	found := map[string]bool{}
	filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return nil
		}
		if info.IsDir() && path != root {
			_, err := os.Stat(filepath.Join(path, "go.mod"))
			if err == nil || strings.HasPrefix(info.Name(), ".") || info.Name() == "testdata" || info.Name() == "vendor" {
				return filepath.SkipDir
			}
		}
		if strings.HasSuffix(path, "_test.go") {
			text, _ := os.ReadFile(path)
			if regexp.MustCompile(`(?m)^func Benchmark`).Match(text) {
				dir, _ := filepath.Rel(root, filepath.Dir(path))
				found[dir] = true
			}
		}
		return nil
	})
	var dirs []string
	for dir := range found {
		dirs = append(dirs, dir)
	}
	sort.Strings(dirs)
	return dirs
}

// run runs a command with a time limit, and returns what it printed.
func run(dir string, limit time.Duration, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// build compiles the tests of a folder.
func (p *prover) build(root, dir, name string, flags ...string) (string, string, error) {
	binary := filepath.Join(p.work, name)
	args := append([]string{"test", "-c", "-o", binary}, flags...)
	out, err := run(root, 5*time.Minute, "go", append(args, "./"+dir)...)
	return binary, out, err
}

// packages returns the patterns of the packages with fixes.
func (p *prover) packages() []string {
	var patterns []string
	for _, f := range p.fixes {
		pattern := "./" + filepath.ToSlash(filepath.Dir(f.File))
		if !slices.Contains(patterns, pattern) {
			patterns = append(patterns, pattern)
		}
	}
	return patterns
}

// needsFixed reports whether the tests of a folder need a package with fixes.
func (p *prover) needsFixed(dir string) bool {
	deps, err := run(p.before, runTimeout, "go", "list", "-deps", "-test", "./"+dir)
	fixed, failed := run(p.before, runTimeout, "go", append([]string{"list"}, p.packages()...)...)
	if err != nil || failed != nil {
		return true
	}
	for _, path := range strings.Fields(fixed) {
		if slices.Contains(strings.Fields(deps), path) {
			return true
		}
	}
	return false
}

// cover notes which fixes the benchmarks of a folder reach.
func (p *prover) cover(dir, pattern string, made bool) {
	binary, out, err := p.build(p.before, dir, "cover", "-covermode=count",
		"-coverpkg="+strings.Join(p.packages(), ","))
	if err != nil {
		fmt.Fprintf(os.Stderr, "drops: %s: %v\n%s\n", dir, err, out)
		return
	}
	folder := filepath.Join(p.before, dir)
	names, _ := run(folder, runTimeout, binary, "-test.list", pattern)
	for _, name := range strings.Fields(names) {
		if !strings.HasPrefix(name, "Benchmark") {
			continue
		}
		least, most := p.reached(folder, binary, name, few), p.reached(folder, binary, name, many)
		for i, n := range most {
			if n > 0 {
				p.hits[i] = append(p.hits[i], hit{name, dir, n >= least[i]+many-few, made})
			}
		}
	}
}

// reached returns how often each fix is reached by so many rounds of a benchmark.
func (p *prover) reached(folder, binary, name string, rounds int) []int {
	profile := filepath.Join(p.work, "profile")
	os.Remove(profile)
	out, _ := run(folder, runTimeout, binary, "-test.run=^$", "-test.bench=^"+name+"$", "-test.short",
		"-test.benchtime="+strconv.Itoa(rounds)+"x", "-test.coverprofile="+profile)
	counts := p.counts(profile)
	for i, f := range p.fixes {
		if stoppedBefore(f, out) {
			counts[i] = 0
		}
	}
	return counts
}

var stop = regexp.MustCompile(`stopped in (\S+) at line (\d+)`)

// stoppedBefore reports whether a made benchmark says that its rounds panicked before a fix: above
// its line, or in it, where what is done first is not known.
func stoppedBefore(f fix, out string) bool {
	for _, m := range stop.FindAllStringSubmatch(out, -1) {
		line, _ := strconv.Atoi(m[2])
		if strings.HasSuffix(m[1], "."+f.Function) && line <= f.Line {
			return true
		}
	}
	return false
}

var block = regexp.MustCompile(`^(.+):(\d+)\.(\d+),(\d+)\.(\d+) \d+ (\d+)$`)

// counts returns how often each fix was reached.
func (p *prover) counts(profile string) []int {
	counts := make([]int, len(p.fixes))
	text, err := os.ReadFile(profile)
	if err != nil {
		return counts
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasSuffix(line, " 0") {
			continue // most of them
		}
		m := block.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		file := strings.TrimPrefix(m[1], p.module+"/")
		n, _ := strconv.Atoi(m[6])
		for i, f := range p.fixes {
			if f.File == file && within(f, m) {
				counts[i] = max(counts[i], n)
			}
		}
	}
	return counts
}

func within(f fix, m []string) bool {
	var at [4]int
	for i := range at {
		at[i], _ = strconv.Atoi(m[i+2])
	}
	from := f.Line > at[0] || f.Line == at[0] && f.Column >= at[1]
	to := f.Line < at[2] || f.Line == at[2] && f.Column < at[3]
	return from && to
}

// measure runs the benchmarks that reach fixes, before and after.
func (p *prover) measure() {
	wanted := map[string]map[string]bool{}
	for _, hits := range p.hits {
		for _, h := range hits {
			if wanted[h.dir] == nil {
				wanted[h.dir] = map[string]bool{}
			}
			wanted[h.dir][h.bench] = true
		}
	}
	for dir, names := range wanted {
		old, out, err := p.build(p.before, dir, "old")
		now, more, failed := p.build(p.after, dir, "new")
		if err != nil || failed != nil {
			fmt.Fprintf(os.Stderr, "drops: %s: %v %v\n%s%s\n", dir, err, failed, out, more)
			continue
		}
		for name := range names {
			p.results[dir+" "+name] = [2]map[string]result{
				bench(filepath.Join(p.before, dir), old, name),
				bench(filepath.Join(p.after, dir), now, name),
			}
		}
	}
}

func bench(dir, binary, name string) map[string]result {
	out, _ := run(dir, 2*runTimeout, binary, "-test.run=^$", "-test.bench=^"+name+"$",
		"-test.benchmem", "-test.short", "-test.benchtime=200x", "-test.count=3")
	results := map[string]result{}
	for _, line := range strings.Split(out, "\n") {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		r := result{-1, -1}
		for i := 1; i < len(fields); i++ {
			switch fields[i] {
			case "B/op":
				r.bytes, _ = strconv.ParseFloat(fields[i-1], 64)
			case "allocs/op":
				r.allocs, _ = strconv.ParseFloat(fields[i-1], 64)
			}
		}
		if r.allocs < 0 {
			continue
		}
		if least, ok := results[fields[0]]; ok {
			r.allocs, r.bytes = min(r.allocs, least.allocs), min(r.bytes, least.bytes)
		}
		results[fields[0]] = r
	}
	return results
}

// print prints for each fix the benchmark that shows the greatest drop.
func (p *prover) print() {
	for i, f := range p.fixes {
		best := []string{"none", "-", "-", "-", "-", "-"}
		drop, rank := 0.0, -1
		for _, h := range p.hits[i] {
			kind, r := "own", 2
			if !h.inLoop {
				kind, r = "setup", 0
			} else if h.made {
				kind, r = "made", 1
			}
			pair := p.results[h.dir+" "+h.bench]
			for name, old := range pair[0] {
				now, ok := pair[1][name]
				if !ok {
					continue
				}
				d := old.allocs - now.allocs + (old.bytes-now.bytes)/1e6
				if r > rank || r == rank && d > drop {
					rank, drop = r, d
					best = []string{kind, name, num(old.allocs), num(now.allocs), num(old.bytes), num(now.bytes)}
				}
			}
		}
		fmt.Println(strings.Join(append([]string{
			f.Rule, fmt.Sprintf("%s:%d", f.File, f.Line), f.Function, strconv.FormatBool(f.Cold)}, best...), "\t"))
	}
}

func num(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
