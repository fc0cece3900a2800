// Switch and select statements.

package p

type named string

func values(x int, y any, f func(), s struct{ f func() }) {
	switch x {
	case 1, 2, 1 /* ERROR "duplicate case 1 (constant of type int) in expression switch" */ :
	case "a" /* ERROR "cannot convert \"a\" (untyped string constant) to type int" */ :
	case 1.0 /* ERROR "duplicate case 1.0 (constant 1 of type int)" */ :
	default:
	default /* ERROR "multiple defaults" */ :
	}
	switch y {
	case "a", named("a"), 1, 1.5, 'a':
	case named /* ERROR "duplicate case named(\"a\") (constant \"a\" of string type named)" */ ("a"):
	}
	switch s /* ERROR "cannot switch on s (variable of type struct{f func()}) (struct{f func()} is not comparable)" */ {
	}
	switch f {
	case nil:
	case f /* ERROR "invalid case f in switch on f (func can only be compared to nil)" */ :
	}
	switch {
	case x > 1, x < 1:
	case x /* ERROR "invalid case x in switch on true (mismatched types int and bool)" */ :
	}
}

type iface interface{ m() }

func types[P any](x any, i iface, p P) {
	switch x.(type) {
	case int, nil, int /* ERROR "duplicate case int in type switch" */ :
	case nil /* ERROR "duplicate case nil in type switch" */ :
	case 1 /* ERROR "1 is not a type" */ :
	}
	switch i.(type) {
	case string /* ERROR "impossible type switch case: string\n\ti (variable of interface type iface) cannot have dynamic type string (missing method m)" */ :
	}
	switch p /* ERROR "cannot use type switch on type parameter value p" */ .(type) {
	}
	switch ( /* ERROR "(1) (untyped int constant 1) is not an interface" */ 1).(type) {
	}
	switch _ /* ERROR "no new variable on left side of :=" */ := x.(type) {
	}
	switch v := x.(type) {
	case nil:
		var _ any = v
	case string:
		var _ string = v
	case int, bool:
		_ = v /* ERROR "invalid operation: v + 1 (mismatched types any and untyped int)" */ + 1
	}
}

func selects(c chan int, s []int) {
	var v int
	select {
	case v = <-c:
	case s[0], _ = <-(c):
	case c <- v:
	case v /* ERROR "select case must be send or receive" */ = 1:
	default:
	default /* ERROR "multiple defaults" */ :
	}
}
