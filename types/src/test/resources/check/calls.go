// Calls and selectors.

package p

type E struct{ x int }

func (E) val()  {}
func (*E) ptr() {}

type T struct {
	*E
	f    func(int) string
	Name string
}

type A struct{ a, b int }
type B struct{ a, b int }
type AB struct {
	A
	B
}
type Named func(int, ...string)
type PI *interface{ m() }

func none()                 {}
func one(int) int           { return 0 }
func two() (int, string)    { return 0, "" }
func vari(int, ...string)   {}
func rest(...any)           {}
func make2(int, string) int { return 0 }

func calls() {
	none(1 /* ERROR "too many arguments in call to none" */)
	one /* ERROR "not enough arguments in call to one" */()
	one(1, 2 /* ERROR "too many arguments in call to one" */)
	one("a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in argument to one" */)
	one(two /* ERROR "too many arguments in call to one" */())
	make2(two())
	make2(1, two /* ERROR "multiple-value two() (value of type (int, string)) in single-value context" */())
	vari /* ERROR "not enough arguments in call to vari" */()
	vari(1)
	vari(1, "a", 2 /* ERROR "cannot use 2 (untyped int constant) as string value in argument to vari" */)
	vari(1, []string{}...)
	vari(1, "a", [ /* ERROR "too many arguments in call to vari" */]string{}...)
	vari(two())
	vari /* ERROR "cannot use ... with 2-valued two()" */(two()...)
	rest /* ERROR "cannot use ... with 2-valued two()" */(two()...)
	rest(nil, 1, "a", none)
	rest([ /* ERROR "cannot use []int{} (value of type []int) as []any value in argument to rest" */]int{}...)
	one /* ERROR "cannot use ... in call to non-variadic one" */([]int{1}...)
	i := 1
	i /* ERROR "invalid operation: cannot call i (variable of type int): int is not a function" */()
	nil /* ERROR "invalid operation: cannot call nil: untyped nil is not a function" */()
	Named(vari)(1, "x")
	(func() {})()
	x := none /* ERROR "none() (no value) used as value" */()
	_ = none /* ERROR "none() (no value) used as value" */()
	var y int = two /* ERROR "multiple-value two() (value of type (int, string)) in single-value context" */()
	_ = two
	none /* ERROR "none (value of type func()) is not used" */
	one(1)
	one /* ERROR "one(1) + 1 (value of type int) is not used" */(1) + 1
	two /* ERROR "two (value of type func() (int, string)) is not used" */
	T{}.f("a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in argument to T{}.f" */)
	_ = one(none /* ERROR "none() (no value) used as value" */())
	_ = len /* ERROR "len (built-in) must be called" */
	len /* ERROR "len(\"a\") (constant 1 of type int) is not used" */("a")
	int /* ERROR "int(1) (constant 1 of type int) is not used" */(1)
	go none /* ERROR "expression in go must be function call" */
	defer int /* ERROR "defer requires function call, not conversion int(1) (constant 1 of type int)" */(1)
	undefined /* ERROR "undefined: undefined" */(i, alsoUndefined /* ERROR "undefined: alsoUndefined" */)
	_, _ = x, y
}

func selectors(t T, pt *T, pi PI, ab AB) {
	_ = t.x
	_ = pt.x
	t.val()
	t.ptr()
	E{}.ptr /* ERROR "cannot call pointer method ptr on E" */()
	(&E{}).ptr()
	_ = t.name /* ERROR "t.name undefined (type T has no field or method name, but does have field Name)" */
	_ = t.X /* ERROR "t.X undefined (type T has no field or method X, but does have field x)" */
	_ = t.missing /* ERROR "t.missing undefined (type T has no field or method missing)" */
	_ = t.Val /* ERROR "t.Val undefined (type T has no field or method Val, but does have method val)" */
	_ = pi.m /* ERROR "pi.m undefined (type PI is pointer to interface, not interface)" */
	_ = ab.a /* ERROR "ambiguous selector ab.a" */
	_ = ab.A.a
	_ = T.x /* ERROR "T.x undefined (type T has no method x)" */
	_ = T.val
	_ = E.ptr /* ERROR "invalid method expression E.ptr (needs pointer receiver (*E).ptr)" */
	_ = (*E).ptr
	_ = (*E).val
	T.val(t)
	var f /* ERROR "declared and not used: f" */ func(T) = T.ptr
	_ = len. /* ERROR "invalid use of len (built-in) in selector expression" */x
	_ = t.f.g /* ERROR "t.f.g undefined (type func(int) string has no field or method g)" */
	_ = t.x.y /* ERROR "t.x.y undefined (type int has no field or method y)" */
	_ = (**E).val /* ERROR "(**E).val undefined (type **E has no field or method val)" */
	type P *E
	_ = P(nil).x
	_ = P(nil).val /* ERROR "P(nil).val undefined (type P has no field or method val)" */
	var _ t.x /* ERROR "t.x is not a type" */
	f = nil
}
