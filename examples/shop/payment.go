package shop

// Payment is how an order is paid.
type Payment interface {
	Pay(cents int) (fee int)
}

// Cash costs nothing.
type Cash struct{}

// Pay implements Payment.
func (Cash) Pay(int) int { return 0 }

// Card costs a share.
type Card struct {
	Number  string
	Percent int
}

// Pay implements Payment.
func (c *Card) Pay(cents int) int { return cents * c.Percent / 100 }

// PayByCard calls through an interface whose dynamic type is known: the call is
// devirtualized, and the card stays on the stack.
func PayByCard(o *Order) int {
	var p Payment = &Card{Percent: 2}
	return p.Pay(o.Total())
}

// PayAny cannot know the type: what p points to escapes.
func PayAny(p Payment, o *Order) int {
	return p.Pay(o.Total())
}

// Map applies f to each element; it is compiled once for each shape of types.
func Map[T, U any](in []T, f func(T) U) []U {
	out := make([]U, 0, len(in))
	for _, x := range in {
		out = append(out, f(x))
	}
	return out
}

// Prices uses the generic function with a literal.
func Prices(o *Order) []int {
	return Map(o.Lines, func(l Line) int { return l.Price })
}

// Stack is a generic container.
type Stack[T any] struct{ items []T }

// Push appends.
func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }

// All ranges over the items, last first.
func (s *Stack[T]) All() func(yield func(T) bool) {
	return func(yield func(T) bool) {
		for i := len(s.items) - 1; i >= 0; i-- {
			if !yield(s.items[i]) {
				return
			}
		}
	}
}

// Count ranges over a function.
func (s *Stack[T]) Count() (n int) {
	for range s.All() {
		n++
	}
	return n
}
