package dev.escapade.count;

import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Val;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a package tells of its functions; free of anything that belongs to the compilation.
 *
 * @param functions by their names for the linker
 * @param types the concrete types that are put into interfaces somewhere in the package, and those
 *     of their parts, by their names for the linker
 * @param interfaces the interfaces whose methods are called, to their methods
 * @param values the functions that are used as values, to their signatures
 * @param linknames other names of functions
 * @param assembly the functions that are written in assembly language
 * @param inits the functions that run before any other
 * @param initial what variables of the package start with, where that is a constant
 * @param changed the variables, of any package, that may get something else
 * @param instances the types that a type of generic code stands for which it puts into interfaces
 * @param shaped the names of methods of types that generic code puts into interfaces, where the
 *     type arguments are not known
 * @param opaque the package's path if something unseen may assign to fields of its types
 */
public record Facts(
    Map<String, Function> functions,
    Map<String, ConcreteType> types,
    Map<String, List<String>> interfaces,
    Map<String, String> values,
    Map<String, String> linknames,
    List<String> assembly,
    List<String> inits,
    Map<String, Val> initial,
    List<String> changed,
    Map<String, List<String>> instances,
    List<String> shaped,
    List<String> opaque) {
  /**
   * A function.
   *
   * @param place where it is declared
   * @param name as a programmer writes it, with the package's path
   * @param params the names of the parameters, the receiver first, and of what a literal captures
   * @param inspected the indices of the parameters whose values matter
   * @param exported whether other packages can name it
   * @param literal whether it is a function literal
   * @param returned whom its first result belongs to, if it is not the caller
   * @param same the slice that its first result is, as a {@link Val.Spot}
   * @param backward the labels to which something below jumps back
   * @param steps what it does
   * @param flows how interfaces and functions flow in it
   */
  public record Function(
      String key,
      Place place,
      String name,
      List<String> params,
      List<Integer> inspected,
      boolean exported,
      boolean literal,
      Val returned,
      Val same,
      List<Integer> backward,
      Step steps,
      List<Flow> flows) {}

  /**
   * A type that is no interface.
   *
   * @param methods the keys of its methods, by name and signature; several for a method that is
   *     promoted, the first that exists is it
   * @param boxed whether it is put into an interface in the code of the package
   * @param parts the types of which reflection can get values from one of this type, and so on
   * @param exposed the places of interfaces and functions in it, to which reflection may assign
   * @param basic the basic type that it has underneath, or empty
   */
  public record ConcreteType(
      Map<String, List<String>> methods,
      boolean boxed,
      List<String> parts,
      List<String> exposed,
      String basic) {
    /** The keys of a method, also if generic code calls it; null if there is none. */
    @Nullable List<String> keys(String method) {
      if (!GenericInstances.isShaped(method)) {
        return methods.get(method);
      }
      String name = Program.methodName(method);
      for (Map.Entry<String, List<String>> m : methods.entrySet()) {
        if (Program.methodName(m.getKey()).equals(name)) {
          return m.getValue();
        }
      }
      return null;
    }

    /** Reports whether it has all of these methods. */
    boolean hasMethods(List<String> all) {
      for (String method : all) {
        if (keys(method) == null) {
          return false;
        }
      }
      return true;
    }

    ConcreteType asBoxed() {
      return new ConcreteType(methods, true, parts, exposed, basic);
    }
  }
}
