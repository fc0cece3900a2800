// Variables: arity, use, and what initializes them.

package p

func two() (int, string) { return 0, "" }

var a, b = two()
var c, d, e /* ERROR "missing init expr for e" */ = 1, 2
var f, g, h = two /* ERROR "assignment mismatch: 3 variables but two returns 2 values" */ ()
var i int = "" /* ERROR "cannot use \"\" (untyped string constant) as int value in variable declaration" */
var a /* ERROR "a redeclared in this block" */ int
var init /* ERROR "cannot declare init - must be func" */ int
var _, _ = a, b

func _() {
	unused /* ERROR "declared and not used: unused" */ := 1
	assigned /* ERROR "declared and not used: assigned" */ := 1
	assigned = 2
	used := 3
	_ = func() {
		used++
		inner /* ERROR "declared and not used: inner" */ := used
	}
	var x, y /* ERROR "declared and not used: y" */ = two()
	_ = x
	if z /* ERROR "declared and not used: z" */ := 1; true {
	}
	for range 3 {
		w /* ERROR "declared and not used: w" */ := 1
	}
	switch v /* ERROR "v declared and not used" */ := any(x).(type) {
	case int, string:
	}
	switch v := any(x).(type) {
	case int:
		_ = v
	default:
	}
	x := /* ERROR "no new variables on left side of :=" */ 1
}

func named() (result int) {
	{
		result /* ERROR "declared and not used: result" */ := 1
		return // ERROR "result parameter result not in scope at return"
	}
}
