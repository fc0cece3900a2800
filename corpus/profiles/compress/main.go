package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"os"
	"runtime/pprof"
	"sort"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

type rec struct {
	Name string            `json:"name"`
	N    []int             `json:"n"`
	M    map[string]string `json:"m"`
}

type byN []rec

func (b byN) Len() int           { return len(b) }
func (b byN) Less(i, j int) bool { return b[i].N[0] < b[j].N[0] }
func (b byN) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func main() {
	f, _ := os.Create(os.Args[1])
	pprof.StartCPUProfile(f)
	defer pprof.StopCPUProfile()
	r := rand.New(rand.NewSource(1))
	var rs []rec
	for i := 0; i < 500; i++ {
		rs = append(rs, rec{fmt.Sprint("name", r.Intn(1000)), []int{r.Int(), r.Intn(5)}, map[string]string{"a": fmt.Sprint(r.Int())}})
	}
	n := 0
	for start := time.Now(); time.Since(start) < 5*time.Second; {
		sort.Sort(byN(rs))
		data, _ := json.Marshal(rs)
		var back []rec
		json.Unmarshal(data, &back)
		var b bytes.Buffer
		w, _ := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
		w.Write(data)
		w.Close()
		d, _ := zstd.NewReader(&b, zstd.WithDecoderConcurrency(1))
		out, _ := io.ReadAll(d)
		d.Close()
		var c bytes.Buffer
		fw, _ := flate.NewWriter(&c, 5)
		fw.Write(out)
		fw.Close()
		fr := flate.NewReader(&c)
		io.Copy(io.Discard, fr)
		n += len(out)
		r.Shuffle(len(rs), func(i, j int) { rs[i], rs[j] = rs[j], rs[i] })
	}
	fmt.Println(n)
}
