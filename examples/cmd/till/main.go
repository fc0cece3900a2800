// Command till takes one order, in the background, and prints it.
package main

import (
	"fmt"
	"os"
	"sync"

	"example.com/shop/shop"
)

func main() {
	orders := make(chan *shop.Order, 1)
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		defer done.Done()
		for order := range orders {
			fmt.Println(order)
			if err := order.Check(16); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	}()

	order := shop.NewOrder("Ada")
	order.Add("tea", 2, 350)
	order.Add("milk", 1, 119)
	order.Note([]string{"to go"})
	orders <- order
	close(orders)
	done.Wait()

	get, set := shop.Discounts(5)
	set(10)
	fmt.Println(order.Total()*(100-get())/100, shop.PayByCard(order), shop.PayAny(shop.Cash{}, order))
	fmt.Println(shop.Largest(order.Sorted()).Article, shop.Prices(order))
}
