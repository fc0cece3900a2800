package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.LitKind;
import dev.escapade.types.constant.GoStrings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks struct types (Go spec, "Struct types"; types2: struct.go). */
final class StructChecker {
  private final Checker check;

  StructChecker(Checker check) {
    this.check = check;
  }

  /** The fields of one struct type, as far as they have been seen. */
  private final class Fields {
    private final List<Var> vars = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final ObjSet set = new ObjSet();
    private boolean hasTags;

    void add(Expr.Name ident, Type type, String tag, boolean embedded) {
      Var field = Var.field(ident.pos(), check.pkg, ident.value(), type, embedded);
      if (!ident.isBlank()) {
        Obj alt = set.insert(field);
        if (alt != null) {
          check
              .errors
              .newError(Code.DUPLICATE_DECL)
              .addf(ident.pos(), "%s redeclared", field.name())
              .addAltDecl(alt)
              .report();
          return;
        }
      }
      vars.add(field);
      tags.add(tag);
      hasTags |= !tag.isEmpty();
      check.recorder.recordDef(ident, field);
    }

    Struct struct() {
      return new Struct(vars, hasTags ? tags : List.of());
    }
  }

  Struct structType(Expr.StructType e) {
    Fields fields = new Fields();
    Type type = Basic.INVALID;
    Expr previous = null;
    for (int i = 0; i < e.fields().size(); i++) {
      Field f = e.fields().get(i);
      if (!Exprs.same(f.type(), previous)) { // fields of one list share the expression
        type = check.typeExprs.varType(f.type());
        previous = f.type();
      }
      String tag = i < e.tags().size() ? tag(e.tags().get(i)) : "";
      if (f.name() != null) {
        fields.add(f.name(), type, tag, false);
      } else {
        embedded(fields, f.type(), type, tag);
      }
    }
    return fields.struct();
  }

  private void embedded(Fields fields, Expr e, Type type, String tag) {
    int pos = ErrorReporter.posOf(e);
    Expr.Name name = embeddedName(e);
    if (name == null) {
      check.errors.errorf(pos, Code.INVALID_SYNTAX_TREE, "invalid embedded field type %s", e);
      fields.add(Exprs.syntheticName(pos, "_"), Basic.INVALID, "", true);
      return;
    }
    fields.add(name, type, tag, true);
    check.later(() -> verifyEmbedded(pos, type)); // underlying types may not be known yet
  }

  /** Refuses embedded pointers and the like (Go spec: "T itself may not be a pointer type"). */
  private void verifyEmbedded(int pos, Type type) {
    Type t = type;
    boolean isPtr = false;
    if (type.unalias() instanceof Pointer p) {
      t = p.elem();
      isPtr = true;
    }
    Type u = t.underlying();
    if (u == Basic.UNSAFE_POINTER) {
      check.errors.error(
          pos, Code.INVALID_PTR_EMBED, "embedded field type cannot be unsafe.Pointer");
    } else if (u instanceof Pointer) {
      check.errors.error(pos, Code.INVALID_PTR_EMBED, "embedded field type cannot be a pointer");
    } else if (u instanceof Interface) {
      if (Predicates.isTypeParam(t)) {
        check.errors.error(
            pos,
            Code.MISPLACED_TYPE_PARAM,
            "embedded field type cannot be a (pointer to a) type parameter");
      } else if (isPtr) {
        check.errors.error(
            pos, Code.INVALID_PTR_EMBED, "embedded field type cannot be a pointer to an interface");
      }
    }
  }

  /** The identifier that names an embedded field of type {@code e}, or null. */
  private static Expr.@Nullable Name embeddedName(Expr e) {
    Expr x = e;
    while (true) {
      switch (x) {
        case Expr.Name name -> {
          return name;
        }
        case Expr.SelectorExpr sel -> {
          return sel.sel();
        }
        case Expr.IndexExpr index -> x = index.x();
        default -> {
          Expr elem = Exprs.starOperand(x);
          if (elem == null || Exprs.starOperand(elem) != null) {
            return null;
          }
          x = elem;
        }
      }
    }
  }

  private String tag(Expr.@Nullable BasicLit lit) {
    if (lit == null || lit.bad()) {
      return "";
    }
    String tag = lit.kind() == LitKind.STRING ? GoStrings.unquote(lit.value()) : null;
    if (tag == null) {
      check.errors.errorf(lit, Code.INVALID_SYNTAX_TREE, "incorrect tag syntax: %q", lit.value());
      return "";
    }
    return tag;
  }
}
