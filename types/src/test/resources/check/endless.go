// The type set of the interface leads to instances with ever more pointers. Go's own checker does
// not end on this; here the depth of type arguments is limited.

package p

type pointers[P any] *interface /* ERROR "cannot use type interface{pointers[*P]} outside a type constraint: interface contains type constraints" */ { pointers[*P] }
