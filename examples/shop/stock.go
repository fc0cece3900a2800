package shop

// Articles lists what is ordered. Its slice grows, though its length is known.
func (o *Order) Articles() []string {
	articles := []string{}
	for _, line := range o.Lines {
		articles = append(articles, line.Article)
	}
	return articles
}

// Demand adds up what customers want. Its map grows, though a bound is known.
func Demand(orders []*Order) map[string]int {
	demand := make(map[string]int)
	for _, order := range orders {
		demand[order.Customer] += order.Total()
	}
	return demand
}
