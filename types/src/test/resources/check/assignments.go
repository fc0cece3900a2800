// Assignments, short variable declarations and results.

package p

type T struct{ f int }
type F func(int) int
type I interface{ m() }
type Impl struct{}

func (*Impl) m() {}

func two() (int, string) { return 0, "" }
func id[P any](p P) P    { return p }

const c = 1

func assign(m map[string]T, ch chan int, pt *T) {
	var i int
	var s string
	var e any
	i = s /* ERROR "cannot use s (variable of type string) as int value in assignment" */
	i = 1.5 /* ERROR "cannot use 1.5 (untyped float constant) as int value in assignment (truncated)" */
	i = 1e100 /* ERROR "cannot use 1e100 (untyped float constant 1e+100) as int value in assignment (truncated)" */
	i = nil /* ERROR "cannot use nil as int value in assignment" */
	i, s = two()
	i, i = two /* ERROR "cannot use two() (value of type string) as int value in assignment" */()
	i = two /* ERROR "assignment mismatch: 1 variable but two returns 2 values" */()
	i, s, e = two /* ERROR "assignment mismatch: 3 variables but two returns 2 values" */()
	i, s = 1 /* ERROR "assignment mismatch: 2 variables but 1 value" */
	i, s = 1 /* ERROR "assignment mismatch: 2 variables but 3 values" */, "a", 2
	_ = nil /* ERROR "use of untyped nil in assignment to _ identifier" */
	_ = 1 /* ERROR "cannot use 1 << 100 (untyped int constant 1267650600228229401496703205376) as int value in assignment to _ identifier (overflows)" */ << 100
	_, _ = two()
	c /* ERROR "cannot assign to c (neither addressable nor a map index expression)" */ = 2
	two /* ERROR "multiple-value two() (value of type (int, string)) in single-value context" */() = 1
	"a" /* ERROR "cannot assign to \"a\" (neither addressable nor a map index expression)" */ = s
	m /* ERROR "cannot assign to struct field m[\"a\"].f in map" */["a"].f = 1
	m["a"] = T{}
	pt.f, ch = 1, nil
	T /* ERROR "cannot assign to T{}.f (neither addressable nor a map index expression)" */{}.f = 1
	(i) = 2
	i /* ERROR "invalid operation: i += \"a\" (mismatched types int and untyped string)" */ += "a"
	e = i
	i = e /* ERROR "cannot use e (variable of interface type any) as int value in assignment: need type assertion" */
	var x, ok = m["a"]
	x, ok = m["b"]
	i, ok = <-ch
	i, s = <- /* ERROR "cannot use <-ch (untyped bool value) as string value in assignment" */ch
	_, e = e.(int)
	undefined /* ERROR "undefined: undefined" */ = 1
	undefined /* ERROR "undefined: undefined" */, i = 1, s /* ERROR "cannot use s (variable of type string) as int value in assignment" */
	len /* ERROR "len (built-in) must be called" */ = nil
	int /* ERROR "int (type) is not an expression" */ = 1
	e = two
	e = id /* ERROR "cannot use generic function id without instantiation" */
	_, _ = x, ok
}

func interfaces(impl Impl, p *Impl, i I, pi *I) {
	i = p
	i = impl /* ERROR "cannot use impl (variable of struct type Impl) as I value in assignment: Impl does not implement I (method m has pointer receiver)" */
	pi = p /* ERROR "cannot use p (variable of type *Impl) as *I value in assignment: *Impl does not implement *I (type *I is pointer to interface, not interface)" */
	p = i /* ERROR "cannot use i (variable of interface type I) as *Impl value in assignment: need type assertion" */
	var _ I = 1 /* ERROR "cannot use 1 (constant of type int) as I value in variable declaration: int does not implement I (missing method m)" */
	var _ interface{ m(int) } = p /* ERROR "cannot use p (variable of type *Impl) as interface{m(int)} value in variable declaration: *Impl does not implement interface{m(int)} (wrong type for method m)" */
	var _ interface {
		m()
		n()
	} = i /* ERROR "cannot use i (variable of interface type I) as interface{m(); n()} value in variable declaration: I does not implement interface{m(); n()} (missing method n)" */
	pi = nil
}

func channels(a chan int, b <-chan int, c chan<- int) {
	b = a
	c = a
	a = b /* ERROR "cannot use b (variable of type <-chan int) as chan int value in assignment" */
	b = c /* ERROR "cannot use c (variable of type chan<- int) as <-chan int value in assignment" */
	type C chan int
	type D <-chan int
	var d /* ERROR "declared and not used: d" */ D = a
	var e C = a
	d = e /* ERROR "cannot use e (variable of chan type C) as D value in assignment" */
	a <- "x" /* ERROR "cannot use \"x\" (untyped string constant) as int value in send" */
	b /* ERROR "invalid operation: cannot send to receive-only channel <-chan int b (variable of type <-chan int)" */ <- 1
	<-c /* ERROR "invalid operation: cannot receive from send-only channel chan<- int c (variable of type chan<- int)" */
}

func functions() {
	var f F = id
	var g func(string) int = id /* ERROR "inferred type func(p string) string for func(p P) P does not match type func(string) int of g" */
	f = id[int]
	g = id /* ERROR "cannot use id[string] (value of type func(p string) string) as func(string) int value in assignment" */[string]
	f, g = g /* ERROR "cannot use g (variable of type func(string) int) as F value in assignment" */, f /* ERROR "cannot use f (variable of func type F) as func(string) int value in assignment" */
	_ = id /* ERROR "cannot use generic function id without instantiation" */
	f = nil
}

func short() {
	a, b := 1, "a"
	a, c := 2, nil /* ERROR "use of untyped nil in assignment" */
	a, a /* ERROR "a repeated on left side of :=" */ := 1, 2
	a, d := two()
	a /* ERROR "non-name a.x on left side of :=" */.x /* ERROR "a.x undefined (type int has no field or method x)" */, e := 1, 2
	c := /* ERROR "no new variables on left side of :=" */ 1
	_ := /* ERROR "no new variables on left side of :=" */ 1
	a, b := /* ERROR "no new variables on left side of :=" */ 1, 2 /* ERROR "cannot use 2 (untyped int constant) as string value in assignment" */
	f /* ERROR "declared and not used: f" */ := f /* ERROR "undefined: f" */
	g /* ERROR "declared and not used: g" */ := func() int { return g /* ERROR "undefined: g" */() }
	int := 1
	var h /* ERROR "declared and not used: h" */ int /* ERROR "int (local variable) is not a type" */
	_, _, _, _ = b, c, d, e
}

func results() (int, string) {
	return /* ERROR "not enough return values" */
	return 1 /* ERROR "not enough return values" */
	return 1, "a"
	return 1, 2 /* ERROR "cannot use 2 (untyped int constant) as string value in return statement" */
	return two()
	return 1, "a", 2 /* ERROR "too many return values" */
	return undefined /* ERROR "undefined: undefined" */
}

func named() (i int, err error) {
	return
	return 1 /* ERROR "not enough return values" */
	return 1, 2 /* ERROR "cannot use 2 (constant of type int) as error value in return statement: int does not implement error (missing method Error)" */
	return i, err
}

func noResults() {
	return 1 /* ERROR "too many return values" */
	return two /* ERROR "too many return values" */()
	return
}

func single() func(int) int {
	return id
	return two /* ERROR "too many return values" */()
}

func parameters[P ~int | ~string, Q any, S ~[]int](p P, q Q, s S) {
	p = 1 /* ERROR "cannot use 1 (untyped int constant) as P value in assignment" */
	q = nil /* ERROR "cannot use nil as Q value in assignment" */
	q = p /* ERROR "cannot use p (variable of type P constrained by ~int | ~string) as Q value in assignment" */
	s = nil
	s = []int{}
	var _ []int = s
	var _ int = p /* ERROR "cannot use p (variable of type P constrained by ~int | ~string) as int value in variable declaration" */
	var _ any = q
	var _ chan int = s /* ERROR "cannot use s (variable of type S constrained by ~[]int) as chan int value in variable declaration: cannot assign []int (in S) to chan int" */
}
