// Package shop takes orders. It exists to show where values live: each function
// makes the compiler decide something else.
package shop

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// ErrEmpty is returned for an order without lines.
var ErrEmpty = errors.New("empty order")

// Line is one position of an order.
type Line struct {
	Article string
	Count   int
	Price   int // in cents
}

// Order is what a customer wants.
type Order struct {
	Customer string
	Lines    []Line
	notes    *[]string
}

// NewOrder returns a pointer to its local variable, which must live on the heap.
func NewOrder(customer string) *Order {
	order := Order{Customer: customer}
	return &order
}

// Total keeps everything on the stack.
func (o *Order) Total() int {
	total := 0
	for _, line := range o.Lines {
		total += line.Count * line.Price
	}
	return total
}

// Add appends: the array behind Lines is allocated when it must grow.
func (o *Order) Add(article string, count, price int) {
	o.Lines = append(o.Lines, Line{article, count, price})
}

// Largest returns a pointer into its parameter: the parameter leaks to the result.
func Largest(lines []Line) *Line {
	var best *Line
	for i := range lines {
		if best == nil || lines[i].Price > best.Price {
			best = &lines[i]
		}
	}
	return best
}

// Note stores a pointer to its parameter in the order, so the parameter moves to the heap.
func (o *Order) Note(notes []string) {
	o.notes = &notes
}

// Sorted sorts a copy; the comparison is a closure that does not outlive the call.
func (o *Order) Sorted() []Line {
	lines := make([]Line, len(o.Lines))
	copy(lines, o.Lines)
	sort.Slice(lines, func(i, j int) bool { return lines[i].Article < lines[j].Article })
	return lines
}

// Discounts returns closures that share a variable.
func Discounts(percent int) (get func() int, set func(int)) {
	get = func() int { return percent }
	set = func(p int) { percent = p }
	return get, set
}

// String boxes numbers into interfaces for fmt.
func (o *Order) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %d lines", o.Customer, len(o.Lines))
	for i, line := range o.Lines {
		fmt.Fprintf(&text, "\n%3d %s %d × %d", i+1, line.Article, line.Count, line.Price)
	}
	return text.String()
}

// Check makes small buffers of constant and of variable size.
func (o *Order) Check(limit int) error {
	if len(o.Lines) == 0 {
		return fmt.Errorf("order of %s: %w", o.Customer, ErrEmpty)
	}
	var seen [8]bool
	counts := make([]int, limit)
	for i, line := range o.Lines {
		seen[i%len(seen)] = true
		if line.Count < len(counts) {
			counts[line.Count]++
		}
	}
	return nil
}
