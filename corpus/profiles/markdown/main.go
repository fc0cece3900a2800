package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"time"

	"github.com/yuin/goldmark"
)

func main() {
	f, _ := os.Create(os.Args[1])
	pprof.StartCPUProfile(f)
	defer pprof.StopCPUProfile()
	src := []byte(strings.Repeat("# Head *em*\n\nSome `code` and [link](http://x.y) **bold** text.\n\n- a\n- b\n  - c\n\n> quote\n\n```go\nx := 1\n```\n\n", 200))
	n := 0
	for start := time.Now(); time.Since(start) < 5*time.Second; {
		var b bytes.Buffer
		if err := goldmark.Convert(src, &b); err != nil {
			panic(err)
		}
		n += b.Len()
	}
	fmt.Println(n)
}
