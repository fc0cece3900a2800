/**
 * The files go.mod, go.work and vendor/modules.txt ("Go Modules Reference",
 * golang.org/x/mod/modfile).
 */
@NullMarked
package dev.escapade.load.modfile;

import org.jspecify.annotations.NullMarked;
