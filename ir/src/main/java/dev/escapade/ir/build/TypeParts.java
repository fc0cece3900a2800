package dev.escapade.ir.build;

import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Term;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Var;
import java.util.List;
import java.util.function.Consumer;

/** The types that a type is directly made of, in the order in which the compiler writes them. */
final class TypeParts {
  private TypeParts() {}

  /**
   * Passes on the parts of a type: of a defined type, or an alias, the type arguments.
   *
   * @param to takes them; one may come more than once
   */
  static void forEach(Type t, Consumer<Type> to) {
    switch (t) {
      case Basic _, TypeParam _ -> {}
      case Named x -> x.typeArgs().forEach(to);
      case Alias x -> x.typeArgs().forEach(to);
      case Pointer x -> to.accept(x.elem());
      case Array x -> to.accept(x.elem());
      case Slice x -> to.accept(x.elem());
      case Chan x -> to.accept(x.elem());
      case MapType x -> {
        to.accept(x.key());
        to.accept(x.elem());
      }
      case Tuple x -> vars(x.vars(), to);
      case Signature x -> {
        vars(x.params().vars(), to);
        vars(x.results().vars(), to);
      }
      case Struct x -> vars(x.fields(), to);
      case Interface x -> {
        for (Func m : x.explicitMethods()) {
          forEach(m.signature(), to);
        }
        x.embeddeds().forEach(to);
      }
      case Union x -> {
        for (Term term : x.terms()) {
          to.accept(term.type());
        }
      }
    }
  }

  private static void vars(List<Var> vars, Consumer<Type> to) {
    for (Var v : vars) {
      to.accept(v.type());
    }
  }
}
