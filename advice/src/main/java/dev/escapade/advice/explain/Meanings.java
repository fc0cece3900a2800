package dev.escapade.advice.explain;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Place;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.types.Const;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.PkgName;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for, and where that lives, in words; for names of which no decision speaks.
 */
final class Meanings {
  private final RuleContext ctx;

  Meanings(RuleContext ctx) {
    this.ctx = ctx;
  }

  /** What is known of a name, or null. */
  @Nullable String of(Expr.Name name) {
    return switch (ctx.types().info().objectOf(name)) {
      case Var v when v.name().equals("_") -> null;
      case Var v when v.isField() -> field(name, v);
      case Var v when v.kind() == VarKind.PACKAGE ->
          v.name() + " is a package variable: it lives as long as the program";
      case Var v -> local(name, v);
      case Const c -> c.name() + " is a constant: it takes no memory by itself";
      case TypeName t -> type(t);
      case Func f -> function(name, f);
      case PkgName p -> p.name() + " is a package; importing it decides nothing here";
      case null, default -> null; // predeclared, or a label
    };
  }

  private String local(Expr.Name name, Var v) {
    boolean onHeap = ctx.sites().isOnHeap(v.pos(), Site.Kind.VARIABLE);
    Node function = ctx.tree().function(name);
    Expr.Name declared = ctx.tree().at(v.pos(), Expr.Name.class);
    Node owner = declared == null ? function : ctx.tree().function(declared);
    boolean captured =
        function instanceof Expr.FuncLit && owner != null && !Tree.same(owner, function);
    return v.name()
        + " was declared in line "
        + line(v)
        + (onHeap
            ? " and lives on the heap"
            : " and lives in " + frame(owner) + ", or in a register")
        + (captured ? "; the function literal has captured it" : "");
  }

  private static String frame(@Nullable Node owner) {
    return owner instanceof Decl.FuncDecl d ? "the frame of " + Calls.name(d) : "the frame";
  }

  private int line(Obj o) {
    return ctx.extents().at(o.pos()).line();
  }

  /** A field lives in its struct, wherever that is. */
  private String field(Expr.Name name, Var v) {
    long size = ctx.types().sizeBytes(v.type());
    StringBuilder text = new StringBuilder("field " + v.name());
    if (size > 0) {
      text.append(" takes ").append(bytes(size));
    }
    Decl.TypeDecl around = ctx.tree().enclosing(name, Decl.TypeDecl.class);
    Type t = around == null ? null : typeOf(around.name());
    if (around != null
        && t != null
        && t.underlying() instanceof Struct s
        && s.fields().contains(v)
        && !Types.hasTypeParam(t)) {
      long offset = ctx.types().facts().offsetBytes(s, s.fields().indexOf(v));
      text.append(" at offset ")
          .append(offset)
          .append(" of the ")
          .append(bytes(ctx.types().sizeBytes(t)))
          .append(" of ")
          .append(around.name().value());
    }
    return text.append("; it lives where its struct does").toString();
  }

  private @Nullable Type typeOf(Expr.Name name) {
    return ctx.types().info().def(name) instanceof TypeName t ? t.type() : null;
  }

  private String type(TypeName t) {
    Type type = t.type();
    boolean isOpen =
        type == null
            || Types.hasTypeParam(type)
            || (type instanceof Named n && !n.typeParams().isEmpty());
    String size = isOpen ? "" : " of " + bytes(ctx.types().sizeBytes(type));
    return t.name() + " is a type" + size + "; its values live where they are made, or kept";
  }

  private @Nullable String function(Expr.Name name, Func f) {
    Expr.CallExpr call = call(name);
    Decl.FuncDecl d = ctx.calls().declaration(f);
    if (call == null || ctx.calls().isInlined(call)) {
      return d == null ? null : f.name() + " is declared in line " + line(f);
    }
    String why = d == null ? null : ctx.calls().refusal(d);
    return "the call of "
        + RuleContext.text(call.fun())
        + " is not inlined"
        + (Types.isInterfaceMethod(f)
            ? ": it is a method of an interface"
            : why == null ? "" : ": " + why);
  }

  /** The call in which a name is that of the function. */
  private Expr.@Nullable CallExpr call(Expr.Name name) {
    Node fun = ctx.tree().parent(name) instanceof Expr.SelectorExpr s ? s : name;
    return ctx.tree().parentSkippingParens(fun) instanceof Expr.CallExpr c
            && Tree.same(c.fun(), fun)
        ? c
        : null;
  }

  private static String bytes(long n) {
    return n + (n == 1 ? " byte" : " bytes");
  }

  /** The names on a line, in source order. */
  static List<Expr.Name> names(RuleContext ctx, String file, int line) {
    return ctx.tree().all(Expr.Name.class).stream()
        .filter(n -> {
          Place p = ctx.extents().at(n.pos());
          return p.line() == line && p.file().equals(file);
        })
        .toList();
  }
}
