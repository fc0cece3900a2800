/** What assembly files say about the functions that they define and call. */
@NullMarked
package dev.escapade.ir.asm;

import org.jspecify.annotations.NullMarked;
