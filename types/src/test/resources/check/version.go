// -lang=go1.17

// What needs a newer language version.

package p

type G[P /* ERROR "type parameter requires go1.18 or later" */ any /* ERROR "predeclared any requires go1.18 or later" */ ] struct{}

var _ any /* ERROR "predeclared any requires go1.18 or later" */

type A = int

func _() {
	for range 10 /* ERROR "cannot range over 10 (untyped int constant): requires go1.22 or later" */ {
	}
	_ = min /* ERROR "min requires go1.21 or later" */ (1, 2)
}
