// Operators: what they apply to, shifts, comparisons, division by zero.

package p

type T struct{ f func() }
type I interface{ m() }

var (
	i  int
	u8 uint8
	f  float64
	c  complex128
	s  string
	b  bool
	p  *int
	t  T
	fn func()
	sl []int
	m  map[int]int
	ch chan<- int
	rc <-chan int
	e  any
)

func unary() {
	_ = -s /* ERROR "invalid operation: operator - not defined on s (variable of type string)" */
	_ = !i /* ERROR "invalid operation: operator ! not defined on i (variable of type int)" */
	_ = ^f /* ERROR "invalid operation: operator ^ not defined on f (variable of type float64)" */
	_ = +b /* ERROR "invalid operation: operator + not defined on b (variable of type bool)" */
	_ = ^u8
	_ = &1 /* ERROR "invalid operation: cannot take address of 1 (untyped int constant)" */
	_ = &T{}
	_ = &(i)
	_ = &fn /* ERROR "fn() (no value) used as value" */()
	_ = *i /* ERROR "invalid operation: cannot indirect i (variable of type int)" */
	_ = *p + *nil /* ERROR "invalid operation: cannot indirect nil" */
	_ = <-ch /* ERROR "invalid operation: cannot receive from send-only channel chan<- int ch (variable of type chan<- int)" */
	_ = <-rc
	_ = <-i /* ERROR "invalid operation: cannot receive from non-channel int i (variable of type int)" */
	_ = ~ /* ERROR "cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)" */i
	_ = ~ /* ERROR "cannot use ~ outside of interface or type constraint" */f
	_ = - /* ERROR "-uint8(1) (constant -1 of type uint8) overflows uint8" */uint8(1)
	_ = ^ /* ERROR "^uint8(1) + 254 (constant 508 of type uint8) overflows uint8" */uint8(1) + 254
}

func binary() {
	_ = i /* ERROR "invalid operation: i + f (mismatched types int and float64)" */ + f
	_ = i + 1.0
	_ = i + 1.5 /* ERROR "1.5 (untyped float constant) truncated to int" */
	_ = s /* ERROR "invalid operation: s + 1 (mismatched types string and untyped int)" */ + 1
	_ = s /* ERROR "invalid operation: s + 'a' (mismatched types string and untyped rune)" */ + 'a'
	_ = b /* ERROR "invalid operation: b && 1 (mismatched types bool and untyped int)" */ && 1
	_ = b /* ERROR "invalid operation: operator + not defined on b (variable of type bool)" */ + b
	_ = p /* ERROR "invalid operation: p + 1 (mismatched types *int and untyped int)" */ + 1
	_ = f /* ERROR "invalid operation: operator % not defined on f (variable of type float64)" */ % f
	_ = i &^ i | i ^ i
	_ = 1 / 0 /* ERROR "invalid operation: division by zero" */
	_ = i / 0 /* ERROR "invalid operation: division by zero" */
	_ = f / 0
	_ = 1.0 / 0 /* ERROR "invalid operation: division by zero" */
	_ = c / (0 + 0i)
	_ = 1i / 0i /* ERROR "invalid operation: division by zero" */
	_ = u8 + 256 /* ERROR "256 (untyped int constant) overflows uint8" */
	_ = u8 - - /* ERROR "-1 (untyped int constant) overflows uint8" */1
	_ = 1<<511 + /* ERROR "constant addition overflow" */ 1<<511
	_ = "a" /* ERROR "invalid operation: \"a\" + \"b\" + i (mismatched types untyped string and int)" */ + "b" + i
	_ = nil /* ERROR "invalid operation: operator + not defined on nil" */ + nil
	_ = i + undefined /* ERROR "undefined: undefined" */ + s
	i /* ERROR "invalid operation: i += s (mismatched types int and string)" */ += s
	i <<= s /* ERROR "invalid operation: shift count s (variable of type string) must be integer" */
	s /* ERROR "invalid operation: s += 1 (mismatched types string and untyped int)" */ += 1
	b /* ERROR "invalid operation: b++ (non-numeric type bool)" */++
	s /* ERROR "invalid operation: s-- (non-numeric type string)" */--
}

func shifts() {
	var n uint
	_ = 1 << 1.0
	_ = 1 << 1.5 /* ERROR "1.5 (untyped float constant) truncated to uint" */
	_ = 1 << - /* ERROR "invalid operation: negative shift count -1 (untyped int constant)" */1
	_ = 1 << 10000 /* ERROR "invalid operation: invalid shift count 10000 (untyped int constant)" */
	_ = 1.0 << 3
	_ = 1.5 /* ERROR "invalid operation: shifted operand 1.5 (untyped float constant) must be integer" */ << 3
	_ = s /* ERROR "invalid operation: shifted operand s (variable of type string) must be integer" */ << 1
	_ = i << s /* ERROR "invalid operation: shift count s (variable of type string) must be integer" */
	_ = i << - /* ERROR "invalid operation: negative shift count -1 (untyped int constant)" */1
	_ = f /* ERROR "invalid operation: shifted operand f (variable of type float64) must be integer" */ << 1
	var _ float64 = 1 /* ERROR "invalid operation: shifted operand 1 (type float64) must be integer" */ << n
	var _ int = 1.0 << n
	var _ = 1.0 /* ERROR "invalid operation: shifted operand 1.0 (type float64) must be integer" */ << n
	var _ int8 = 300 /* ERROR "300 (untyped int constant) overflows int8" */ << n
	var _ any = 1 << n
	_ = "a"[1<<n]
	_ = f + 1 /* ERROR "invalid operation: shifted operand 1 (type float64) must be integer" */<<n
	_ = u8 + 1<<n
	_ = make([]int, 1.0<<n)
	_ = uint8 /* ERROR "uint8(1) << 8 (constant 256 of type uint8) overflows uint8" */(1) << 8
	_ = int8 /* ERROR "int8(1) << 7 (constant 128 of type int8) overflows int8" */(1) << 7
	_ = 1<<n == 2<<n
}

func comparisons() {
	_ = i == f /* ERROR "invalid operation: i == f (mismatched types int and float64)" */
	_ = i == s /* ERROR "invalid operation: i == s (mismatched types int and string)" */
	_ = t /* ERROR "invalid operation: t == t (struct containing func() cannot be compared)" */ == t
	_ = fn /* ERROR "invalid operation: fn == fn (func can only be compared to nil)" */ == fn
	_ = fn == nil
	_ = sl /* ERROR "invalid operation: sl == sl (slice can only be compared to nil)" */ == sl
	_ = m != nil
	_ = nil == nil /* ERROR "invalid operation: nil == nil (operator == not defined on untyped nil)" */
	_ = i == nil /* ERROR "invalid operation: i == nil (mismatched types int and untyped nil)" */
	_ = e == i
	_ = e == fn /* ERROR "invalid operation: e == fn (func can only be compared to nil)" */
	_ = e == nil
	_ = p /* ERROR "invalid operation: p < p (operator < not defined on pointer)" */ < p
	_ = s < s
	_ = b /* ERROR "invalid operation: b < b (operator < not defined on bool)" */ < b
	_ = c /* ERROR "invalid operation: c < c (operator < not defined on complex128)" */ < c
	_ = T /* ERROR "invalid operation: T{} == t (struct containing func() cannot be compared)" */{} == t
	_ = I(nil) == e
	_ = I(nil) == i /* ERROR "invalid operation: I(nil) == i (mismatched types I and int)" */
	_ = [ /* ERROR "invalid operation: [2]func(){} == [2]func(){} ([2]func() cannot be compared)" */2]func(){} == [2]func(){}
	_ = struct /* ERROR "invalid operation: struct{a []int}{} == struct{a []int}{} (struct containing []int cannot be compared)" */{ a []int }{} == struct{ a []int }{}
	var _ bool = i == i
	type B bool
	var _ B = i == i
	var _ int = i /* ERROR "cannot use i == i (untyped bool value) as int value in variable declaration" */ == i
}
