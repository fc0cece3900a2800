// Range clauses.

package p

type Seq func(yield func(int) bool)
type B bool
type N int

func clauses(s string, a [3]int, pa *[3]int, sl []string, m map[string]int, ch chan int, so chan<- int, n N, f float64, seq Seq) {
	for i, r := range s {
		var _ int = i
		var _ rune = r
		var _ byte = r /* ERROR "cannot use r (variable of type rune) as byte value in variable declaration" */
	}
	for i, x := range a {
		_, _ = i, x
	}
	for i, x, y /* ERROR "range clause permits at most two iteration variables" */ := range pa {
		_, _, _ = i, x, y /* ERROR "undefined: y" */
	}
	for _, x := range sl {
		var _ int = x /* ERROR "cannot use x (variable of type string) as int value in variable declaration" */
	}
	for k, v := range m {
		var _ int = k /* ERROR "cannot use k (variable of type string) as int value in variable declaration" */
		var _ int = v
	}
	for x := range ch {
		_ = x
	}
	for x /* ERROR "declared and not used: x" */, y /* ERROR "range over ch (variable of type chan int) permits only one iteration variable" */ := range ch {
	}
	for range so /* ERROR "cannot range over so (variable of type chan<- int): receive from send-only channel chan<- int" */ {
	}
	for i := range 10 {
		var _ N = i /* ERROR "cannot use i (variable of type int) as N value in variable declaration" */
	}
	for i := range n {
		var _ N = i
	}
	for i /* ERROR "declared and not used: i" */, j /* ERROR "range over n (variable of int type N) permits only one iteration variable" */ := range n {
	}
	for i := range 1.5 /* ERROR "cannot range over 1.5 (untyped float constant)" */ {
	}
	for range 1e3 /* ERROR "cannot range over 1e3 (untyped float constant 1000)" */ {
	}
	for range f /* ERROR "cannot range over f (variable of type float64)" */ {
	}
	for range nil /* ERROR "cannot range over nil" */ {
	}
	for range undefined /* ERROR "undefined: undefined" */ {
	}
	for i /* ERROR "declared and not used: i" */ := range 1 /* ERROR "cannot use 1 << 70 (untyped int constant 1180591620717411303424) as int value in range clause (overflows)" */ << 70 {
	}
	var i8 /* ERROR "declared and not used: i8" */ int8
	for i8 = range 10 {
	}
	for i8 = range 1000 /* ERROR "cannot use 1000 (untyped int constant) as int8 value in range clause (overflows)" */ {
	}
	for f /* ERROR "cannot use iteration variable of type float64" */ = range 10 {
	}
	for f /* ERROR "cannot use f (value of type int) as float64 value in assignment" */ = range sl {
	}
	for i8 /* ERROR "cannot use i8 (value of type int) as int8 value in assignment" */, s = range sl {
	}
	for sl[0] = range m {
	}
	for x := range seq {
		var _ int = x
	}
	for x /* ERROR "declared and not used: x" */, y /* ERROR "range over seq (variable of func type Seq) permits only one iteration variable" */ := range seq {
	}
	for unused /* ERROR "declared and not used: unused" */ := range sl {
	}
	for /* ERROR "no new variables on left side of :=" */ _ := range sl {
	}
	for _, _ = range sl {
	}
	for range sl {
	}
	const l = len(a)
}

func functions() {
	for range func /* ERROR "cannot range over func() {} (value of type func()): func must be func(yield func(...) bool): wrong argument count" */() {} {
	}
	for range func /* ERROR "cannot range over func(int) {} (value of type func(int)): func must be func(yield func(...) bool): argument is not func" */(int) {} {
	}
	for range func /* ERROR "cannot range over func(func()) {} (value of type func(func())): func must be func(yield func(...) bool): yield func does not return bool" */(func()) {} {
	}
	for range func(func() bool) {} {
	}
	for range func /* ERROR "cannot range over func(func() B) {} (value of type func(func() B)): func must be func(yield func(...) bool): yield func returns user-defined boolean, not bool" */(func() B) {} {
	}
	for range func /* ERROR "cannot range over func(func() bool) int {…} (value of type func(func() bool) int): func must be func(yield func(...) bool): unexpected results" */(func() bool) int { return 0 } {
	}
	for range func /* ERROR "cannot range over func(func(int, int, int) bool) {} (value of type func(func(int, int, int) bool)): func must be func(yield func(...) bool): yield func has too many parameters" */(func(int, int, int) bool) {} {
	}
	for x /* ERROR "range over func(func() bool) {} (value of type func(func() bool)) permits no iteration variables" */ := range func(func() bool) {} {
	}
	for x, y := range func(func(int, string) bool) {} {
		var _ string = x /* ERROR "cannot use x (variable of type int) as string value in variable declaration" */
		var _ string = y
	}
}

func parameters[S ~[]int | ~[3]int, T ~[]int | ~ /* ERROR "overlapping terms ~[]int and ~[]int" */[]int, U ~string | ~[]byte, C chan int | <-chan int, I ~int | ~uint](s S, t T, u U, c C, i I) {
	for range s /* ERROR "cannot range over s (variable of type S constrained by ~[]int | ~[3]int): []int and [3]int have different underlying types" */ {
	}
	for _, x := range t {
		var _ int = x
	}
	for range u /* ERROR "cannot range over u (variable of type U constrained by ~string | ~[]byte): string and []byte have different underlying types" */ {
	}
	for x := range c {
		var _ int = x
	}
	for range i /* ERROR "cannot range over i (variable of type I constrained by ~int | ~uint): int and uint have different underlying types" */ {
	}
}
