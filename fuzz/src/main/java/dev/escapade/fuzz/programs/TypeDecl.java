package dev.escapade.fuzz.programs;

import java.util.ArrayList;
import java.util.List;

/** A type declaration. Compared by identity. */
final class TypeDecl {
  final PackageModel pkg;
  final String name;
  final List<TypeParam> params;

  /** Set once, before anything of the type is used. */
  GoType underlying = Predeclared.INT;

  final List<GoType.Method> methods = new ArrayList<>();

  TypeDecl(PackageModel pkg, String name, List<TypeParam> params) {
    this.pkg = pkg;
    this.name = name;
    this.params = List.copyOf(params);
  }

  /** The name as it is spelled in {@code from}. */
  String name(PackageModel from) {
    return from.qualified(pkg, name);
  }
}
