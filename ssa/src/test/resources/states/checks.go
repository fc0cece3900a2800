// Package checks is compiled by an instrumented compiler, whose states are in checks.ssa.gz.
package checks

type node struct {
	left, right *node
	key         int
	data        [4]int
}

type shape interface{ area() int }

type square struct{ side int }

func (s square) area() int { return s.side * s.side }

func sum(s []int) int {
	t := 0
	for i := range s {
		t += s[i]
	}
	return t
}

func pairs(s []int) (n int) {
	for i := 0; i+1 < len(s); i += 2 {
		if s[i] > s[i+1] {
			s[i], s[i+1] = s[i+1], s[i]
			n++
		}
	}
	return n
}

func search(s []int, x int) int {
	i, j := 0, len(s)
	for i < j {
		h := int(uint(i+j) >> 1)
		if s[h] < x {
			i = h + 1
		} else {
			j = h
		}
	}
	return i
}

func find(n *node, key int) *node {
	for n != nil && n.key != key {
		if key < n.key {
			n = n.left
		} else {
			n = n.right
		}
	}
	return n
}

func rotate(n *node) *node {
	r := n.right
	n.right, r.left = r.left, n
	return r
}

func slot(n *node, i uint) int { return n.data[i&3] + n.data[i%4] + n.data[i] }

func little(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func cut(s string, n int) (string, string) {
	if n < 0 || n > len(s) {
		n = len(s)
	}
	return s[:n], s[n:]
}

func window(s []byte, i, j int) []byte { return s[i:j:j] }

func areas(list []shape) (n int) {
	for _, s := range list {
		n += s.area()
	}
	return n
}

func boxed(side int) int {
	var s shape = square{side}
	return s.area()
}

func digits(n uint64) string {
	var b [20]byte
	i := len(b)
	for n >= 10 {
		i--
		b[i] = byte(n%10) + '0'
		n /= 10
	}
	i--
	b[i] = byte(n) + '0'
	return string(b[i:])
}

func divisible(a []int, n int) int {
	c := 0
	for i := len(a) - 1; i >= 0; i-- {
		if a[i]%7 == 0 && n/3 > i {
			c += a[i] / 10
		}
	}
	return c
}

type table struct {
	used  int
	slots [100]int
}

func copied(p *table, q table) { *p = q }

func deferred(m map[string]int, k string) (v int) {
	defer func() { m[k] = v }()
	return m[k] + 1
}
