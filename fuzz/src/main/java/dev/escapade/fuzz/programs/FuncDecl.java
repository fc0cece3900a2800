package dev.escapade.fuzz.programs;

import java.util.List;

/**
 * A declared function.
 *
 * @param isLeaf whether its body refers to no package variable, directly or through calls, so that
 *     the initializer of one may call it
 */
record FuncDecl(
    PackageModel pkg, String name, List<TypeParam> params, GoType.Func type, boolean isLeaf) {
  String name(PackageModel from) {
    return from.qualified(pkg, name);
  }
}
