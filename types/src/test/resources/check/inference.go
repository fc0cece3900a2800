// Generic functions: instantiation and inference in calls and assignments.

package p

type Number interface{ ~int | ~float64 }

func id[P any](p P) P                     { return p }
func pair[P, Q any](P, Q)                 {}
func mapf[P, Q any]([]P, func(P) Q) []Q   { return nil }
func same[P any](P, P)                    {}
func sum[P Number](...P) (r P)            { return }
func make2[P any]() P                     { panic(0) }
func elem[S ~[]E, E any](S) (e E)         { return }
func apply[P any](func(P), P)             {}
func ptr[P interface{ *Q }, Q any](P)     {}
func keys[M ~map[K]V, K comparable, V any](M) {}

type List[T any] []T
type Fn func(string) string

func (l List[T]) each(func(T)) {}

func calls() {
	var _ int = id(1)
	var _ int = id /* ERROR "cannot use id(\"a\") (value of type string) as int value in variable declaration" */("a")
	id[int]("a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in argument to id[int]" */)
	id[int, string /* ERROR "got 2 type arguments but want 1" */](1)
	id[undefined /* ERROR "undefined: undefined" */](1)
	id[1 /* ERROR "1 is not a type" */](1)
	pair[int](1, "a")
	pair[int]("a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in argument to pair[int]" */, "a")
	same(1, 2.5)
	same(1, "a" /* ERROR "in call to same, mismatched types untyped int and untyped string (cannot infer P)" */)
	same[int](1, 2.5 /* ERROR "cannot use 2.5 (untyped float constant) as int value in argument to same[int] (truncated)" */)
	same(nil /* ERROR "cannot use nil as int value in argument to same" */, 1)
	sum(1, 2, 3)
	sum( /* ERROR "string does not satisfy Number (string missing in ~int | ~float64)" */"a")
	sum[string /* ERROR "string does not satisfy Number (string missing in ~int | ~float64)" */]()
	sum( /* ERROR "in call to sum, cannot infer P" */)
	make2( /* ERROR "in call to make2, cannot infer P" */)
	make2[int]()
	_ = make2[int]
	var _ string = elem([]string{})
	elem( /* ERROR "in call to elem, cannot infer E" */1)
	elem(List[int]{})
	mapf([]int{}, func(i int) string { return "" })
	mapf([]int{}, id)
	mapf([]int{}, id /* ERROR "in call to mapf, type func(p string) string of id[string] does not match inferred type func(int) Q for func(P) Q" */[string])
	apply(pair /* ERROR "in call to apply, type func[P, Q any](P, Q) of pair does not match func(P) (cannot infer P, P, and Q)" */, 1)
	apply(id /* ERROR "in call to apply, type func[P any](p P) P of id does not match func(P) (cannot infer P and P)" */, 1)
	ptr(new(int))
	ptr( /* ERROR "in call to ptr, cannot infer P" */1)
	keys(map[string]int{})
	keys( /* ERROR "in call to keys, M (type []int) does not satisfy ~map[K]V" */[]int{})
	keys /* ERROR "keys[map[any]any] (value of type func(map[any]any)) is not used" */[map[any]any]
	List[int]{}.each(func /* ERROR "cannot use func(string) {} (value of type func(string)) as func(int) value in argument to List[int]{}.each" */(string) {})
	_ = List[int]{1, "a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in array or slice literal" */}
	_ = List /* ERROR "cannot use generic type List[T any] without instantiation" */{}
	_ = id /* ERROR "cannot use generic function id without instantiation" */
	(id /* ERROR "cannot use generic function id without instantiation" */)(1)
}

func assignments() {
	var f /* ERROR "declared and not used: f" */ func(int) int = id
	var g Fn = id
	var h func(int) string = id /* ERROR "inferred type func(p int) int for func(p P) P does not match type func(int) string of h" */
	var i any = id /* ERROR "cannot use generic function id without instantiation" */
	var j func(int) int = (id /* ERROR "cannot use generic function id without instantiation" */)
	f, g = id, id
	f = make2 /* ERROR "type func(int) int of f does not match func() P (cannot infer P)" */
	f = id /* ERROR "cannot use id[string] (value of type func(p string) string) as func(int) int value in assignment" */[string]
	_, _, _, _ = h, i, j, g
	mapf([]string{}, Fn(id /* ERROR "cannot use generic function id without instantiation" */))
}

func results() (func(int) int, func(string)) {
	return id, id /* ERROR "inferred type func(p string) string for func(p P) P does not match type func(string) of result variable" */
}
