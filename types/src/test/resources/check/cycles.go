// Declarations that refer to themselves.

package p

type direct /* ERROR "invalid recursive type: direct refers to itself" */ direct

type (
	a /* ERROR "invalid recursive type a" */ b
	b c
	c a
)

type (
	alias /* ERROR "invalid recursive type" */ = *alias
	ptr   *ptr
	list  struct{ next *list }
)

type (
	outer /* ERROR "invalid recursive type outer" */ struct{ inner inner }
	inner struct{ outer [2]outer }
	fine  struct{ many []fine }
)

type embedded /* ERROR "invalid recursive type: embedded refers to itself" */ interface{ embedded }

const (
	one /* ERROR "initialization cycle for one" */ = two
	two = one
)

var x /* ERROR "initialization cycle for x" */ = f()

func f() int { return y }

var y = g()

func g() int { return x }

var size = len([size /* ERROR "invalid array length size" */ ]int{})

type generic[P interface{ m() generic[P] }] struct{}
