// Type expressions.

package p

import "unsafe"

var n = 3

const neg = -1

type (
	_ [n /* ERROR "invalid array length n" */ ]int
	_ [undeclared /* ERROR "undefined array length undeclared or missing type constraint" */ ]int
	_ [neg /* ERROR "invalid array length neg" */ ]int
	_ [1.5 /* ERROR "must be integer" */ ]int
	_ [ /* ERROR "invalid use of [...] array" */ ...]int
	_ [unsafe.Sizeof(n)]int

	_ map[[ /* ERROR "invalid map key type []int" */ ]int]int
	_ map[struct /* ERROR "invalid map key type struct{f func()}" */ { f func() }]int
	_ n /* ERROR "n (package-level variable) is not a type" */
	_ *n /* ERROR "n (package-level variable) is not a type" */
)

type S struct {
	a, b int
	a /* ERROR "a redeclared" */ string
	_, _ int
	T1
	*T1 /* ERROR "T1 redeclared" */
	P /* ERROR "embedded field type cannot be a pointer" */
	* /* ERROR "embedded field type cannot be a pointer to an interface" */ I
	unsafe /* ERROR "embedded field type cannot be unsafe.Pointer" */ .Pointer
}

type (
	T1 int
	P  *T1
	I  interface{ m() }
)

type (
	_ interface {
		m()
		m /* ERROR "duplicate method m" */ ()
		_ /* ERROR "methods must have a unique non-blank name" */ ()
		I
	}
	_ interface{ int | ~string | int /* ERROR "overlapping terms int and int" */ }
	_ interface{ ~ /* ERROR "invalid use of ~ (underlying type of T1 is int)" */ T1 }
	_ interface{ ~ /* ERROR "invalid use of ~ (I is an interface)" */ I }
	_ interface{ int | I /* ERROR "cannot use p.I in union (p.I contains methods)" */ }
	_ interface{ int | comparable /* ERROR "cannot use comparable in union" */ }
)

type constraint interface{ ~int | ~string }

var (
	_ constraint /* ERROR "cannot use type constraint outside a type constraint: interface contains type constraints" */
	_ []comparable /* ERROR "cannot use type comparable outside a type constraint: interface is (or embeds) comparable" */
)

type (
	G[P constraint]                                                  []P
	_ G /* ERROR "cannot use generic type G[P constraint] without instantiation" */
	_ G[float64 /* ERROR "float64 does not satisfy constraint" */ ]
	_ G /* ERROR "too many type arguments for type G: have 2, want 1" */ [int, int]
	_ S /* ERROR "invalid operation: S[int] (S is not a generic type)" */ [int]
	_[P any] P /* ERROR "cannot use a type parameter as RHS in type declaration" */
	_[P any, Q P /* ERROR "cannot use a type parameter as constraint" */ ] int
	_[P any] = P /* ERROR "cannot use type parameter declared in alias declaration as RHS" */
	_[P any] struct{ P /* ERROR "embedded field type cannot be a (pointer to a) type parameter" */ }
)

func generic /* ERROR "generic function is missing function body" */ [P any]()
