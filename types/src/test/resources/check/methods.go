// Receivers and methods.

package p

import "unsafe"

type T struct{ field int }

func (T) value()     {}
func (*T) pointer()  {}
func (t T) value /* ERROR "method T.value already declared at" */ () {}
func (T) field /* ERROR "field and method with the same name field" */ () {}
func (** /* ERROR "invalid receiver type **T" */ T) twice()  {}
func (int /* ERROR "cannot define new methods on non-local type int" */ ) basic() {}
func ([ /* ERROR "invalid receiver type []T" */ ]T) literal() {}
func (missing /* ERROR "undefined: missing" */ ) m()   {}
func (T) _()         {}
func (T) _()         {}

type (
	alias    = *T
	pointer  *T
	abstract interface{ m() }
	raw      unsafe.Pointer
)

func (alias) viaAlias() {}
func (*alias /* ERROR "invalid receiver type *alias" */ ) twice() {}
func (pointer /* ERROR "invalid receiver type pointer (pointer or interface type)" */ ) m() {}
func (abstract /* ERROR "invalid receiver type abstract (pointer or interface type)" */ ) n() {}
func (raw /* ERROR "invalid receiver type raw (unsafe.Pointer)" */ ) m() {}

var _ = (*T).viaAlias

type G[A any, B comparable] struct{ a A }

func (G[X, Y]) first() (x X) { return }
func (g *G[_, Y]) second() Y  { panic(g.a) }
func (G /* ERROR "receiver declares 1 type parameter, but receiver base type declares 2" */ [X]) wrong() {}
func (G /* ERROR "cannot use generic type G[A any, B comparable] without instantiation" */ ) plain() {}
func (T /* ERROR "T is not a generic type" */ [X]) generic() {}

var _ string = G[string, int]{}.first()
var _ string = G[int, string]{}.second /* ERROR "cannot call pointer method second on G[int, string]" */ ()

func init /* ERROR "func init must have no arguments and no return values" */ () int { return 0 }
func init /* ERROR "func init must have a body" */ ()
