// Constant declarations and groups.

package p

const (
	a = iota
	b
	c, d = iota, iota * 10
	e, f
	_, _
	g /* ERROR "missing init expr for g" */, h = 1
)

const _ = uint8(e + 250) + 2
const _ uint8 = f * 10 /* ERROR "cannot use f * 10 (constant 300 of type untyped int) as uint8" */

const (
	i, j = 1, 2
	k /* ERROR "extra init expr at" */
)

const l /* ERROR "missing init expr for l" */
const m = 1, 2 /* ERROR "extra init expr 2" */

const s []int /* ERROR "invalid constant type []int" */ = nil

func _() {
	const (
		x = "x"
		y
	)
	const len int = len /* ERROR "is not constant" */ (y)
	_ = iota /* ERROR "cannot use iota outside constant declaration" */
	const (
		big = 1 << (10 * iota)
		kib
		mib
	)
	var _ [mib - 1<<20]struct{} = [1 /* ERROR "cannot use" */ ]struct{}{}
}
