package dev.escapade.fuzz.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a package of a generated program declares. */
final class PackageModel {
  final String name;
  final List<TypeDecl> types = new ArrayList<>();
  final List<FuncDecl> funcs = new ArrayList<>();
  final List<Variable> vars = new ArrayList<>();

  /** The names of the packages that its file uses. */
  final Set<String> imported = new TreeSet<>();

  PackageModel(String name) {
    this.name = name;
  }

  /** How a name of {@code pkg} is spelled here. */
  String qualified(PackageModel pkg, String declared) {
    if (pkg == this) {
      return declared;
    }
    imported.add(pkg.name);
    return pkg.name + "." + declared;
  }
}
