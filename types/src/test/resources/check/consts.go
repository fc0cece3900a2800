// Constant declarations and groups.

package p

const (
	a = iota
	b
	c, d = iota, iota * 10
	e, f
	_, _
	g, h /* ERROR "missing init expr for h" */ = 1
)

const _ = uint8(e + 250) + 2
const _ uint8 = f /* ERROR "cannot use f * 10 (untyped int constant 300) as uint8 value in constant declaration (overflows)" */ * 10

const (
	i, j = 1, 2
	k /* ERROR "extra init expr at" */
)

const l /* ERROR "missing init expr for l" */
const m = 1, 2 /* ERROR "extra init expr 2" */

const s [ /* ERROR "invalid constant type []int" */ ]int = nil

func _() {
	const (
		x = "x"
		y
	)
	const len int = len(y)
	_ = iota /* ERROR "cannot use iota outside constant declaration" */
	const (
		big = 1 << (10 * iota)
		kib
		mib
	)
	var _ [mib - 1<<20]struct{} = [ /* ERROR "cannot use [1]struct{}{} (value of type [1]struct{}) as [0]struct{} value in variable declaration" */ 1]struct{}{}
}
