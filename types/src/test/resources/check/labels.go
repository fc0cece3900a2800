// Labels, branches and terminating statements.

package p

func branches(c chan int) {
	break       // ERROR "break not in for, switch, or select statement"
	continue    // ERROR "continue not in for statement"
	fallthrough // ERROR "fallthrough statement out of place"
unused /* ERROR "label unused declared and not used" */ :
	for {
		select {
		case <-c:
			break
		default:
			continue
		}
	}
outer:
	for {
	inner:
		switch {
		case true:
			fallthrough
		default:
			continue outer
			break inner
			continue inner // ERROR "invalid continue label inner"
			fallthrough    // ERROR "cannot fallthrough final case in switch"
		}
		switch any(1).(type) {
		case int:
			fallthrough // ERROR "cannot fallthrough in type switch"
		case string:
		}
	}
	goto missing // ERROR "label missing not declared"
	goto block   // ERROR "goto block jumps into block"
	{
	block:
	}
	goto over // ERROR "goto over jumps over variable declaration at line 42"
	x := 1
	_ = x
over:
	break unused // ERROR "invalid break label unused"
outer /* ERROR "label outer already declared" */ :
	func() {
		goto over // ERROR "label over not declared"
	}()
}

func _() int {
	for {
	}
}

func _() int {
	for {
		break
	}
} // ERROR "missing return"

func _() int {
L:
	for {
		for {
			break L
		}
	}
} // ERROR "missing return"

func _(x int) int {
	switch {
	case x > 0:
		return 1
	default:
		panic(x)
	}
}

func _(x int) int {
	switch x {
	case 1:
		return 1
	}
} // ERROR "missing return"

func _(x int) int {
	if x > 0 {
		return 1
	} else if x < 0 {
		goto end
	} else {
		return 2
	}
end:
	select {}
}

func _(s []int) int {
	for range s {
		return 1
	}
} // ERROR "missing return"

func _(panic func(int)) int {
	panic(1)
} // ERROR "missing return"
