// Literals.

package p

type S struct {
	a int
	b string
}

type (
	M map[string][]int
	A [3]int
)

func structs(x int) {
	_ = S{}
	_ = S{1, "a"}
	_ = S{1} /* ERROR "too few values in struct literal of type S" */
	_ = S{1, "a", 2 /* ERROR "too many values in struct literal of type S" */}
	_ = S{"a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in struct literal" */, 1 /* ERROR "cannot use 1 (untyped int constant) as string value in struct literal" */}
	_ = S{a: 1}
	_ = S{a: 1, a /* ERROR "duplicate field name a in struct literal" */: 2}
	_ = S{a: 1, "b" /* ERROR "mixture of field:value and value elements in struct literal" */}
	_ = S{1, b /* ERROR "mixture of field:value and value elements in struct literal" */: "b"}
	_ = S{c /* ERROR "unknown field c in struct literal of type S" */: 1}
	_ = S{A /* ERROR "unknown field A in struct literal of type S, but does have a" */: 1}
	_ = S{1 /* ERROR "invalid field name 1 in struct literal" */: 1}
	_ = &S{b: 1 /* ERROR "cannot use 1 (untyped int constant) as string value in struct literal" */}
	_ = S{a: x, b: undefined /* ERROR "undefined: undefined" */}
}

func elements(x int) {
	_ = A{1, 2, 3}
	_ = A{1, 2, 3, 4 /* ERROR "index 3 is out of bounds (>= 3)" */}
	_ = A{2: 1, 0: 1}
	_ = A{3 /* ERROR "invalid argument: index 3 out of bounds [0:3]" */: 1}
	_ = A{- /* ERROR "invalid argument: index -1 (constant of type int) must not be negative" */1: 1}
	_ = A{x /* ERROR "index x must be integer constant" */: 1}
	_ = A{1, 0 /* ERROR "duplicate index 0 in array or slice literal" */: 1}
	_ = []int{5: 1, 2}
	_ = []int{1, "a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in array or slice literal" */, 1.5 /* ERROR "cannot use 1.5 (untyped float constant) as int value in array or slice literal (truncated)" */}
	_ = []int{1 /* ERROR "1 << 70 (untyped int constant 1180591620717411303424) overflows int" */ << 70: 1}
	var _ [2]int = [...]int{1, 2}
	var _ [2]int = [ /* ERROR "cannot use [...]int{…} (value of type [6]int) as [2]int value in variable declaration" */...]int{5: 1}
	_ = [...]int{}
	_ = []S{{1, "a"}, {a: 1}}
	_ = []*S{{1, "a"}, {"a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in struct literal" */} /* ERROR "too few values in struct literal of type S" */}
	_ = [][]int{{1}, {"a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in array or slice literal" */}}
	_ = map[S]int{{1, "a"}: 1}
	_ = M{"a": {1, 2}, "b": nil, "a" /* ERROR "duplicate key \"a\" in map literal" */: nil}
	_ = M{"a" /* ERROR "missing key in map literal" */}
	_ = M{1 /* ERROR "cannot use 1 (untyped int constant) as string value in map literal" */: nil}
	_ = map[any]int{1: 1, 1.0: 2, "a": 3, int8(1): 4, 1 /* ERROR "duplicate key 1 in map literal" */: 5}
	_ = map[float64]int{1: 1, 1.0 /* ERROR "duplicate key 1 in map literal" */: 2}
	_ = map[bool]int{true: 1, false: 2, ! /* ERROR "duplicate key true in map literal" */false: 3}
	_ = map[int]int{x: 1, x: 2}
	_ = int /* ERROR "invalid composite literal type int" */{}
	_ = func(){}
	_ = undefined /* ERROR "undefined: undefined" */{1, alsoUndefined /* ERROR "undefined: alsoUndefined" */}
	_ = [2]undefined /* ERROR "undefined: undefined" */{}
}

func numbers() {
	const _ int64 = 1e1000 /* ERROR "cannot use 1e1000 (untyped float constant 1e+1000) as int64 value in constant declaration (truncated)" */
	_ = 0x1p-2 + 0b11 + 0o17 + 1_000
	var _ int8 = 'a'
	var _ int8 = 'ä' /* ERROR "cannot use 'ä' (untyped rune constant 228) as int8 value in variable declaration (overflows)" */
	_ = 1e100000000000 /* ERROR "malformed constant: 1e100000000000" */
	_ = 0x10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 /* ERROR "constant overflow" */
}

func functions() {
	f := func(a int, b ...string) (r int) {
		return a + len(b)
	}
	f("a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in argument to f" */)
	_ = func() int {} /* ERROR "missing return" */
	func(x int) { x = 1 }(1)
	_ = func(a, a /* ERROR "a redeclared in this block" */ int) {}
}

func parameters[T any, L []int | [3]int, M2 map[string]int, P *S]() {
	_ = T /* ERROR "invalid composite literal type T (no common underlying type)" */{}
	_ = L /* ERROR "invalid composite literal type L (no common underlying type)" */{1}
	_ = M2{"a": 1}
	_ = []P{{1, "a"}}
}
