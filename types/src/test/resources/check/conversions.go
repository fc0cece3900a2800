// Conversions, of constants and of values.

package p

import "unsafe"

type (
	S1 struct {
		a int `x`
	}
	S2   struct{ a int }
	P1   *S1
	B    []byte
	R    []rune
	Str  string
	I    interface{ m() }
	Impl struct{}
	Con  interface{ ~int | ~string }
)

func (Impl) m() {}

func constants() {
	const _ = int8 /* ERROR "int8(127) + 1 (constant 128 of type int8) overflows int8" */(127) + 1
	_ = int8(128 /* ERROR "constant 128 overflows int8" */)
	_ = uint(- /* ERROR "constant -1 overflows uint" */1)
	_ = int(1.0)
	_ = int(1.5 /* ERROR "cannot convert 1.5 (untyped float constant) to type int" */)
	_ = float32(1e39 /* ERROR "cannot convert 1e39 (untyped float constant 1e+39) to type float32" */)
	_ = float64(1)
	_ = string(65)
	_ = string(-1)
	const _ = Str("a" + "b")
	const _ = [ /* ERROR "[]byte(\"a\") (value of type []byte) is not constant" */]byte("a")
	_ = string(1.5 /* ERROR "cannot convert 1.5 (untyped float constant) to type string" */)
	_ = bool(1 /* ERROR "cannot convert 1 (untyped int constant) to type bool" */)
	_ = int("1" /* ERROR "cannot convert \"1\" (untyped string constant) to type int" */)
	_ = complex64(1)
	_ = uintptr(1)
	_ = any(1)
	_ = I(1 /* ERROR "cannot convert 1 (untyped int constant) to type I" */)
	_ = error(nil)
	_ = int(nil /* ERROR "cannot convert nil to type int" */)
	_ = []int(nil)
	_ = Con /* ERROR "cannot use interface Con in conversion (contains specific type constraints or is comparable)" */(1)
	_ = int /* ERROR "missing argument in conversion to int" */()
	_ = int(1, 2 /* ERROR "too many arguments in conversion to int" */)
	_ = []int([ /* ERROR "invalid use of ... in conversion to []int" */]int{}...)
}

func values(i int, f float64, s string, b []byte, r []rune, s1 S1, s2 S2, p *int, up unsafe.Pointer, sl []int, fn func(), e any) {
	_ = S1(s2)
	_ = (*S2)(&s1)
	_ = P1(& /* ERROR "cannot convert &s2 (value of type *S2) to type P1" */s2)
	_ = B(s)
	_ = R(s)
	_ = Str(b)
	_ = string(r)
	_ = string(i)
	_ = string(f /* ERROR "cannot convert f (variable of type float64) to type string" */)
	_ = []byte(r /* ERROR "cannot convert r (variable of type []rune) to type []byte" */)
	_ = int(s /* ERROR "cannot convert s (variable of type string) to type int" */)
	_ = int(f)
	_ = float32(i)
	_ = complex128(f /* ERROR "cannot convert f (variable of type float64) to type complex128" */)
	_ = unsafe.Pointer(p)
	_ = uintptr(up)
	_ = (*string)(up)
	_ = uintptr(p /* ERROR "cannot convert p (variable of type *int) to type uintptr" */)
	_ = (*uint)(p /* ERROR "cannot convert p (variable of type *int) to type *uint" */)
	_ = [2]int(sl)
	_ = (*[2]int)(sl)
	_ = [2]string(sl /* ERROR "cannot convert sl (variable of type []int) to type [2]string" */)
	_ = func( /* ERROR "func() fn (type) is not an expression" */)(fn /* ERROR "fn (parameter) is not a type" */)
	_ = I(Impl{})
	_ = I(& /* ERROR "cannot convert &s1 (value of type *S1) to type I: *S1 does not implement I (missing method m)" */s1)
	_ = Impl(e /* ERROR "cannot convert e (variable of interface type any) to type Impl: need type assertion" */)
	_ = e.(int)
	_ = e.(undefined /* ERROR "undefined: undefined" */)
	_ = i /* ERROR "invalid operation: i (variable of type int) is not an interface" */.(int)
	_ = I /* ERROR "impossible type assertion: I(nil).(S1)" */(nil).(S1)
	_ = I(nil).(Impl)
	_ = []I([ /* ERROR "cannot convert []Impl{} (value of type []Impl) to type []I" */]Impl{})
}

func parameters[T ~int8 | ~float32, U ~string | ~[]byte, V any](t T, u U, v V) {
	_ = T(1)
	_ = T(200 /* ERROR "cannot convert 200 (untyped int value) to type T: constant 200 overflows int8 (in T)" */)
	_ = int(t)
	_ = U("a")
	_ = U(1 /* ERROR "cannot convert 1 (untyped int value) to type U: cannot convert 1 (untyped int constant) to type []byte (in U)" */)
	_ = string(u)
	_ = []byte(u)
	_ = string(t /* ERROR "cannot convert t (variable of type T constrained by ~int8 | ~float32) to type string: cannot convert float32 (in T) to type string" */)
	_ = V(t /* ERROR "cannot convert t (variable of type T constrained by ~int8 | ~float32) to type V" */)
	_ = T(u /* ERROR "cannot convert u (variable of type U constrained by ~string | ~[]byte) to type T: cannot convert string (in U) to type int8 (in T)" */)
	_ = any(v)
	_ = v /* ERROR "invalid operation: cannot use type assertion on type parameter value v (variable of type V constrained by any)" */.(int)
	_ = U(u)
}
