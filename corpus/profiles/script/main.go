package main

import (
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	"github.com/dop251/goja"
	"github.com/expr-lang/expr"
)

const script = `
function fib(n) { return n < 2 ? n : fib(n-1) + fib(n-2); }
var o = {}; for (var i = 0; i < 2000; i++) { o["k" + i % 50] = (o["k" + i % 50] || 0) + i; }
var a = []; for (var i = 0; i < 3000; i++) a.push((i * 7919) % 1009); a.sort(function(x, y) { return x - y; });
fib(15) + a.length + JSON.stringify(o).length + "a-b-c".split("-").map(function(s) { return s + s }).join(",").length
`

func main() {
	f, _ := os.Create(os.Args[1])
	pprof.StartCPUProfile(f)
	defer pprof.StopCPUProfile()
	env := map[string]any{"xs": []int{1, 2, 3, 4, 5}, "name": "x"}
	p, err := expr.Compile(`sum(map(filter(xs, # > 2), # * 2)) + len(name)`, expr.Env(env))
	if err != nil {
		panic(err)
	}
	n := 0
	for start := time.Now(); time.Since(start) < 5*time.Second; {
		vm := goja.New()
		if _, err := vm.RunString(script); err != nil {
			panic(err)
		}
		for i := 0; i < 1000; i++ {
			if _, err := expr.Run(p, env); err != nil {
				panic(err)
			}
		}
		n++
	}
	fmt.Println(n)
}
