// Index and slice expressions.

package p

type M map[string]int

func indexes(s string, a [3]int, pa *[3]int, sl []int, m M, f func() [3]int, i int, u uint8) {
	_ = s[0]
	_ = "abc"[3 /* ERROR "invalid argument: index 3 out of bounds [0:3]" */]
	_ = "abc"[2]
	s /* ERROR "cannot assign to s[0] (neither addressable nor a map index expression)" */[0] = 'a'
	_ = &s /* ERROR "invalid operation: cannot take address of s[0] (value of type byte)" */[0]
	_ = a[3 /* ERROR "invalid argument: index 3 out of bounds [0:3]" */]
	_ = a[- /* ERROR "invalid argument: index -1 (constant of type int) must not be negative" */1]
	_ = a[1.0]
	_ = a[1.5 /* ERROR "1.5 (untyped float constant) truncated to int" */]
	_ = a["a" /* ERROR "cannot convert \"a\" (untyped string constant) to type int" */]
	_ = a[u]
	_ = a[nil /* ERROR "cannot convert nil to type int" */]
	_ = pa[2]
	pa[i] = 1
	f /* ERROR "cannot assign to f()[0] (neither addressable nor a map index expression)" */()[0] = 1
	_ = sl[1 /* ERROR "1 << 63 (untyped int constant 9223372036854775808) overflows int" */<<63]
	_ = sl[100]
	_ = m["a"]
	_ = m[1 /* ERROR "cannot use 1 (untyped int constant) as string value in map index" */]
	_ = &m /* ERROR "invalid operation: cannot take address of m[\"a\"] (map index expression of type int)" */["a"]
	_ = i[ /* ERROR "cannot index i (variable of type int)" */0]
	_ = nil[ /* ERROR "cannot index nil" */0]
	_ = f[ /* ERROR "cannot index f (variable of type func() [3]int)" */0]
	_ = undefined /* ERROR "undefined: undefined" */[i]
	_ = sl[undefined /* ERROR "undefined: undefined" */]
	v, ok := m["a"]
	_, _ = v, ok
	_, _ = sl /* ERROR "assignment mismatch: 2 variables but 1 value" */[0]
}

func slicing(s string, a [3]int, pa *[3]int, sl []int, m M, f func() [3]int, i int) {
	_ = s[1:2]
	_ = s[1:2:3 /* ERROR "invalid operation: 3-index slice of string" */]
	_ = "abc"[2:1 /* ERROR "invalid slice indices: 1 < 2" */]
	_ = "abc"[:4 /* ERROR "invalid argument: index 4 out of bounds [0:4]" */]
	_ = a[:3:3]
	_ = a[:4 /* ERROR "invalid argument: index 4 out of bounds [0:4]" */]
	_ = a[2:1 /* ERROR "invalid slice indices: 1 < 2" */:2]
	_ = f /* ERROR "cannot slice unaddressable value f() (value of type [3]int)" */()[:]
	_ = pa[:]
	_ = sl[i:]
	_ = sl[:"a" /* ERROR "cannot convert \"a\" (untyped string constant) to type int" */]
	_ = sl[- /* ERROR "invalid argument: index -1 (constant of type int) must not be negative" */1:]
	_ = m /* ERROR "cannot slice m (variable of map type M)" */[:]
	_ = i /* ERROR "cannot slice i (variable of type int)" */[:]
	_ = nil /* ERROR "cannot slice nil" */[:]
	var _ [3]int = pa[ /* ERROR "cannot use pa[:] (value of type []int) as [3]int value in variable declaration" */:]
	var _ string = "abc"[:]
	const _ = "abc"[ /* ERROR "\"abc\"[:] (value of type string) is not constant" */:]
}

func parameters[A ~[3]int | ~[]int, B ~string | ~[]byte, C ~map[string]int | ~ /* ERROR "overlapping terms ~map[string]int and ~map[string]int" */map[string]int, D ~[]int | ~[]string](a A, b B, c C, d D) {
	_ = a[2]
	_ = a[3 /* ERROR "invalid argument: index 3 out of bounds [0:3]" */]
	a[0] = 1
	_ = b[0]
	b /* ERROR "cannot assign to b[0] (neither addressable nor a map index expression)" */[0] = 1
	_ = c["a"]
	_ = c[1 /* ERROR "cannot use 1 (untyped int constant) as string value in map index" */]
	_ = d[ /* ERROR "cannot index d (variable of type D constrained by ~[]int | ~[]string)" */0]
	_ = b[1:2]
	_ = b[1:2:3 /* ERROR "invalid operation: 3-index slice of string" */]
	_ = a /* ERROR "cannot slice a (variable of type A constrained by ~[3]int | ~[]int): [3]int and []int have different underlying types" */[:]
	_ = d /* ERROR "cannot slice d (variable of type D constrained by ~[]int | ~[]string): []int and []string have different underlying types" */[:]
}
