// Predeclared functions and those of package unsafe.

package p

import "unsafe"

type Bytes []byte

func lengths(s string, a [3]int, pa *[4]int, sl []int, m map[int]int, ch chan int, f func() [5]int) {
	const _ = len("abc")
	const _ = len(a)
	const _ = len(pa)
	const _ = cap(pa)
	const _ = len /* ERROR "len(f()) (value of type int) is not constant" */(f())
	const _ = len /* ERROR "len([2]int{…}) (value of type int) is not constant" */([2]int{<-ch})
	const _ = len /* ERROR "len(s) (value of type int) is not constant" */(s)
	_ = cap(s /* ERROR "invalid argument: s (variable of type string) for built-in cap" */)
	_ = cap(m /* ERROR "invalid argument: m (variable of type map[int]int) for built-in cap" */)
	_ = len(1 /* ERROR "invalid argument: 1 (untyped int constant) for built-in len" */)
	_ = len /* ERROR "invalid operation: not enough arguments for len() (expected 1, found 0)" */()
	_ = len /* ERROR "invalid operation: too many arguments for len(s, s) (expected 1, found 2)" */(s, s)
	_ = len /* ERROR "invalid operation: invalid use of ... with built-in len" */(s...)
	_ = len(nil /* ERROR "invalid argument: nil for built-in len" */)
	clear(m)
	clear(a /* ERROR "invalid argument: cannot clear a (variable of type [3]int): argument must be (or constrained by) map or slice" */)
	close(ch)
	close(( /* ERROR "invalid operation: cannot close receive-only channel (<-chan int)(nil) (value of type <-chan int)" */<-chan int)(nil))
	close(s /* ERROR "invalid operation: cannot close non-channel s (variable of type string)" */)
	delete(m, 1)
	delete(m, "a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in argument to delete" */)
	delete(sl /* ERROR "invalid argument: sl (variable of type []int) is not a map" */, 1)
	delete /* ERROR "invalid operation: not enough arguments for delete(m) (expected 2, found 1)" */(m)
}

func slices(b []byte, bs Bytes, s string, sl []int) {
	_ = append(sl)
	_ = append(sl, 1, 2.0)
	_ = append(sl, "a" /* ERROR "cannot use \"a\" (untyped string constant) as int value in argument to append" */)
	_ = append(sl, sl...)
	_ = append(sl, 1, sl /* ERROR "too many arguments in call to append" */...)
	_ = append(b, s...)
	_ = append(bs, "abc"...)
	_ = append(b, nil...)
	_ = append(s /* ERROR "invalid append: argument must be a slice; have s (variable of type string)" */, s...)
	_ = append(nil /* ERROR "invalid append: argument must be a slice; have untyped nil" */, 1)
	_ = append([]string{}, s /* ERROR "cannot use s (variable of type string) as []string value in argument to append" */...)
	append /* ERROR "append(sl, 1) (value of type []int) is not used" */(sl, 1)
	var _ []byte = append(bs, 1)
	copy(b, s)
	copy(bs, b)
	copy(s /* ERROR "invalid copy: argument must be a slice; have s (variable of type string)" */, b)
	copy(b /* ERROR "invalid copy: arguments b (variable of type []byte) and sl (variable of type []int) have different element types byte and int" */, sl)
	copy(sl, 1 /* ERROR "invalid copy: argument must be a slice; have 1 (untyped int constant)" */)
	copy /* ERROR "invalid operation: not enough arguments for copy(sl) (expected 2, found 1)" */(sl)
}

func numbers(f32 float32, f64 float64, c64 complex64, n uint) {
	const c = complex(1, 2)
	const _ int = real(c)
	_ = complex(f32 /* ERROR "invalid operation: complex(f32, f64) (mismatched types float32 and float64)" */, f64)
	_ = complex(f32, 1)
	_ = complex(1, 'a')
	_ = complex("a" /* ERROR "invalid operation: complex(\"a\", 1) (mismatched types untyped string and untyped float)" */, 1)
	_ = complex(f32, "a" /* ERROR "cannot convert \"a\" (untyped string constant) to type float32" */)
	_ = complex(1 /* ERROR "invalid operation: shifted operand 1 (type float64) must be integer" */<<n, 1)
	var _ float64 = real /* ERROR "cannot use real(c64) (value of type float32) as float64 value in variable declaration" */(c64)
	_ = imag(f32 /* ERROR "invalid argument: argument has type float32, expected complex type" */)
	_ = real("a" /* ERROR "invalid argument: argument has type untyped string, expected complex type" */)
	_ = min(1, 2.5, 'a')
	const _ string = min("b", "a")
	_ = max(f32, 1)
	_ = max(f32, f64 /* ERROR "invalid argument: mismatched types float32 (previous argument) and float64 (type of f64)" */)
	_ = max(1, "a" /* ERROR "invalid argument: mismatched types untyped int (previous argument) and untyped string (type of \"a\")" */)
	_ = min(c64 /* ERROR "invalid argument: c64 (variable of type complex64) cannot be ordered" */)
	_ = min /* ERROR "invalid operation: not enough arguments for min() (expected 1, found 0)" */()
	_ = max(n, - /* ERROR "-1 (untyped int constant) overflows uint" */1)
	var _ int = max /* ERROR "cannot use max(1, 2.5) (untyped float constant 2.5) as int value in variable declaration (truncated)" */(1, 2.5)
}

func allocation(n int) {
	_ = new(int)
	_ = new(n)
	_ = new(1)
	_ = new(nil /* ERROR "use of untyped nil in argument to new" */)
	_ = new(len /* ERROR "len (built-in) must be called" */)
	_ = new(undefined /* ERROR "undefined: undefined" */)
	_ = new /* ERROR "invalid operation: not enough arguments for new() (expected 1, found 0)" */()
	_ = make /* ERROR "invalid operation: make([]int) expects 2 or 3 arguments; found 1" */([]int)
	_ = make([]int, n, n)
	_ = make([]int, 2 /* ERROR "invalid argument: length and capacity swapped" */, 1)
	_ = make([]int, - /* ERROR "invalid argument: index -1 (constant of type int) must not be negative" */1)
	_ = make([]int, "a" /* ERROR "cannot convert \"a\" (untyped string constant) to type int" */)
	_ = make([]int, 1.5 /* ERROR "1.5 (untyped float constant) truncated to int" */)
	_ = make([]int, 1e3)
	_ = make /* ERROR "invalid operation: make(map[int]int, 1, 2) expects 1 or 2 arguments; found 3" */(map[int]int, 1, 2)
	_ = make(chan int, 1)
	_ = make(int /* ERROR "invalid argument: cannot make int: type must be slice, map, or channel" */)
	_ = make([ /* ERROR "invalid argument: cannot make [2]int: type must be slice, map, or channel" */2]int)
	_ = make(1 /* ERROR "1 is not a type" */)
	_ = make /* ERROR "invalid operation: not enough arguments for make() (expected 1, found 0)" */()
}

func others() int {
	print(1, "a", nil /* ERROR "use of untyped nil in argument to built-in print" */)
	println(func() {}, 1.5)
	var r int = recover /* ERROR "cannot use recover() (value of type interface{}) as int value in variable declaration: need type assertion" */()
	recover /* ERROR "invalid operation: too many arguments for recover(1) (expected 0, found 1)" */(1)
	panic(nil)
	panic /* ERROR "invalid operation: not enough arguments for panic() (expected 1, found 0)" */()
	panic /* ERROR "invalid operation: too many arguments for panic(r, 1) (expected 1, found 2)" */(r, 1)
} /* ERROR "missing return" */

func pointers(p *int, up unsafe.Pointer, s string, sl []int, n int) {
	var x struct {
		a int8
		b int64
		*embedded
	}
	const _ uintptr = unsafe.Sizeof(x)
	const _ = unsafe.Alignof(x.b)
	const _ = unsafe.Offsetof(x.b)
	_ = unsafe.Offsetof(x /* ERROR "invalid argument: x is not a selector expression" */)
	_ = unsafe.Offsetof(x /* ERROR "invalid argument: field c is embedded via a pointer in struct{a int8; b int64; *embedded}" */.c)
	_ = unsafe.Offsetof(x /* ERROR "invalid argument: struct{a int8; b int64; *embedded} has no single field missing" */.missing)
	_ = unsafe.Offsetof(x /* ERROR "invalid argument: x.method is a method value" */.method)
	_ = unsafe.Sizeof(nil /* ERROR "use of untyped nil in argument to unsafe.Sizeof" */)
	_ = unsafe.Sizeof(1 << n)
	_ = unsafe.Add(up, n)
	_ = unsafe.Add(p /* ERROR "cannot use p (variable of type *int) as unsafe.Pointer value in argument to unsafe.Add" */, 1)
	_ = unsafe.Add(up, "a" /* ERROR "cannot convert \"a\" (untyped string constant) to type int" */)
	var _ []int = unsafe.Slice(p, 3)
	_ = unsafe.Slice(sl /* ERROR "invalid argument: sl (variable of type []int) is not a pointer" */, 1)
	_ = unsafe.Slice(p, - /* ERROR "invalid argument: length -1 (constant of type int) must not be negative" */1)
	var _ *int = unsafe.SliceData(sl)
	_ = unsafe.SliceData(s /* ERROR "invalid argument: s (variable of type string) is not a slice" */)
	_ = unsafe.String(p /* ERROR "cannot use p (variable of type *int) as *byte value in argument to unsafe.String" */, 1)
	var _ *byte = unsafe.StringData(s)
	_ = unsafe.Missing /* ERROR "undefined: unsafe.Missing" */
	unsafe /* ERROR "unsafe.Sizeof(1) (constant 8 of type uintptr) is not used" */.Sizeof(1)
}

type embedded struct{ c int }

func (*embedded) method() {}

func generic[S ~[]E, E any, N ~int | ~string, B ~string | ~[]byte, F ~float32 | ~float64](s S, n N, b B, f F) {
	_ = append(s, s...)
	_ = append(n /* ERROR "invalid append: argument must be a slice; have n (variable of type N constrained by ~int | ~string)" */, n)
	_ = append([]byte{}, b...)
	_ = copy([]byte{}, b)
	_ = len(b)
	_ = cap(b /* ERROR "invalid argument: b (variable of type B constrained by ~string | ~[]byte) for built-in cap" */)
	_ = len(n /* ERROR "invalid argument: n (variable of type N constrained by ~int | ~string) for built-in len" */)
	_ = make(S, 1)
	_ = make(N /* ERROR "invalid argument: cannot make N: type must be slice, map, or channel" */, 1)
	_ = complex(f /* ERROR "f (variable of type F constrained by ~float32 | ~float64) not supported as argument to built-in complex for go1.18 (see go.dev/issue/50937)" */, f)
	_ = min(n, n)
	_ = min(s /* ERROR "invalid argument: s (variable of type S constrained by ~[]E) cannot be ordered" */, s)
	const _ = len /* ERROR "len(s) (value of type int) is not constant" */(s)
	const _ = unsafe /* ERROR "unsafe.Sizeof(n) (value of type uintptr) is not constant" */.Sizeof(n)
}
