package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.FieldOrder;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.release.AllocationRules;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.Var;
import dev.escapade.unit.TypeFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another order of its fields makes a struct smaller. */
final class StructPadding extends SimpleRule {
  StructPadding() {
    super(
        "struct-padding",
        Question.OTHER,
        Severity.INFO,
        "another order of the fields makes the struct smaller");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Decl.TypeDecl d : ctx.tree().all(Decl.TypeDecl.class)) {
      if (!d.alias()
          && d.typeParams().isEmpty()
          && d.type() instanceof Expr.StructType
          && ctx.types().of(d.type()) instanceof Struct struct
          && mayBeReordered(struct)
          && !hasLayout(ctx, ctx.types().info().def(d.name()))) {
        check(ctx, d, (Expr.StructType) d.type(), struct);
      }
    }
  }

  /**
   * Reports whether nobody has said that the order matters: by a blank field, by a field of package
   * structs, or by a first field without size.
   */
  private static boolean mayBeReordered(Struct s) {
    if (s.numFields() < 2 || Types.hasTypeParam(s)) {
      return false;
    }
    for (Var f : s.fields()) {
      if (f.name().equals("_") || Types.isNamed(f.type(), "structs", "HostLayout")) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reports whether somebody reads or writes values as their fields follow each other: what package
   * unsafe, encoding/binary or encoding/asn1 is given, and what is converted to another struct.
   */
  private static boolean hasLayout(RuleContext ctx, @Nullable Obj declared) {
    if (!(declared instanceof TypeName name)) {
      return true;
    }
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      boolean looks =
          ctx.types().isCall(call, "encoding/binary")
              || ctx.types().isCall(call, "encoding/asn1")
              || (ctx.types().isConversion(call)
                  && ctx.types().underlying(call) instanceof Basic b
                  && b.kind() == BasicKind.UNSAFE_POINTER);
      if (looks && call.args().stream().anyMatch(a -> isOf(ctx, a, name))) {
        return true;
      }
      if (ctx.types().isConversion(call) && isOfSameFields(ctx, call, name)) {
        return true;
      }
    }
    return false;
  }

  /** A conversion from or to another type with the same fields in the same order. */
  private static boolean isOfSameFields(RuleContext ctx, Expr.CallExpr call, TypeName name) {
    Type to = ctx.types().of(call);
    Type from = ctx.types().of(call.args().getFirst());
    return to != null
        && from != null
        && Types.deref(to).underlying() instanceof Struct
        && !Predicates.identical(to, from)
        && (isOf(ctx, call, name) || isOf(ctx, call.args().getFirst(), name));
  }

  /** A value of that type, or a pointer to or slice of such. */
  private static boolean isOf(RuleContext ctx, Expr e, TypeName name) {
    Type t = ctx.types().of(e);
    for (int i = 0; t != null && i < 3; i++) {
      if (t.unalias() instanceof Named n && n.obj() == name) {
        return true;
      }
      t =
          switch (t.underlying()) {
            case Pointer p -> p.elem();
            case Slice s -> s.elem();
            case Array a -> a.elem();
            default -> null; // refers to nothing else
          };
    }
    return false;
  }

  private void check(RuleContext ctx, Decl.TypeDecl d, Expr.StructType type, Struct struct) {
    TypeFacts facts = ctx.types().facts();
    long size = facts.sizeBytes(struct);
    List<Var> best = new ArrayList<>(struct.fields());
    best.sort(
        Comparator.<Var>comparingInt(f -> facts.sizeBytes(f.type()) == 0 ? 0 : 1)
            .thenComparing(
                Comparator.<Var>comparingLong(f -> facts.alignBytes(f.type())).reversed())
            .thenComparing(
                Comparator.<Var>comparingLong(f -> facts.sizeBytes(f.type())).reversed()));
    long smallest = facts.sizeBytes(new Struct(best, List.of()));
    if (size <= 0 || smallest >= size) {
      return;
    }
    AllocationRules rules = ctx.unit().release().allocation();
    boolean pointers = facts.hasPointers(struct);
    boolean same = rules.heapBytes(size, pointers) == rules.heapBytes(smallest, pointers);
    Rewrite rewrite = ctx.rewrite(d.name());
    new FieldOrder(ctx.tree(), ctx.types(), ctx.extents()).change(rewrite, d, type, best);
    List<String> names = best.stream().map(Var::name).toList();
    ctx.report(this, d.name())
        .severity(same ? Severity.NOTE : Severity.INFO)
        .cost(
            Cost.UNKNOWN,
            size - smallest,
            same
                ? "only in arrays and other structs: by itself it takes "
                    + rules.heapBytes(size, pointers)
                    + " bytes of the heap either way"
                : "in each value")
        .fix(
            new Fix(
                "order the fields " + String.join(", ", names),
                smallest + " bytes instead of " + size,
                "literals without field names, and what depends on the layout or the order of the"
                    + " fields (printing with %v, comparing hashes), change their meaning",
                rewrite.edits()))
        .message(
            d.name().value()
                + " takes "
                + size
                + " bytes, "
                + smallest
                + " with its fields in another order");
  }
}
