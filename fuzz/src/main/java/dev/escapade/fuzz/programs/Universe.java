package dev.escapade.fuzz.programs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is declared in a package and in those that it imports. */
final class Universe {
  final String pkg;
  final List<GoType.Named> structs = new ArrayList<>();
  final List<GoType.Named> interfaces = new ArrayList<>();
  final List<GoType.Named> generics = new ArrayList<>();
  final List<Function> functions = new ArrayList<>();
  final List<Function> genericFunctions = new ArrayList<>();
  final List<Variable> globals = new ArrayList<>();

  /** For each interface, the types that implement it. */
  final Map<GoType.Named, List<GoType>> implementations = new LinkedHashMap<>();

  /** A function, with a result of a type that its argument decides if it is generic. */
  record Function(String pkg, String name, GoType.FuncOf type, boolean variadic) {
    String in(String where) {
      return where.equals(pkg) ? name : pkg + "." + name;
    }
  }

  /** A variable, by the name under which it is known where it is used. */
  record Variable(String name, GoType type) {}

  Universe(String pkg) {
    this.pkg = pkg;
  }

  /** Takes over what another package declares. */
  void add(Universe imported) {
    structs.addAll(imported.structs);
    interfaces.addAll(imported.interfaces);
    generics.addAll(imported.generics);
    functions.addAll(imported.functions);
    genericFunctions.addAll(imported.genericFunctions);
    implementations.putAll(imported.implementations);
    for (Variable v : imported.globals) {
      globals.add(
          v.name().contains(".") ? v : new Variable(imported.pkg + "." + v.name(), v.type()));
    }
  }
}
