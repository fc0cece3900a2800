package dev.escapade.advice.explain;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.types.Builtin;
import dev.escapade.types.Const;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Nil;
import dev.escapade.types.Obj;
import dev.escapade.types.PkgName;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the names on a line stand for, and where that lives, in words; for names of which no
 * decision speaks.
 */
public final class Meanings implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo("meaning", "what a name stands for", Question.WHERE, Severity.NOTE);

  private final String file;
  private final int line;
  private final int column;

  /**
   * The names on a line.
   *
   * @param file the absolute path
   * @param line from 1
   * @param column in bytes, from 1, of what is asked about, or 0: other predeclared names say
   *     nothing
   */
  public Meanings(String file, int line, int column) {
    this.file = file;
    this.line = line;
    this.column = column;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public String settings() {
    return line + " " + column + " " + file;
  }

  @Override
  public void check(RuleContext ctx) {
    Set<String> said = new HashSet<>();
    for (Expr.Name name : names(ctx, file, line)) {
      Place p = ctx.extents().of(name);
      boolean isAsked = p.column() <= column && column < p.endColumn();
      Obj object = ctx.types().info().objectOf(name);
      boolean isPredeclared = object != null && object.pkg() == null;
      String meaning = isPredeclared && !isAsked ? null : new Words(ctx).of(name, object);
      if (meaning != null && (said.add(meaning) || isAsked)) {
        ctx.report(this, name).message(meaning);
      }
    }
  }

  /** The names on a line, in source order. */
  static List<Expr.Name> names(RuleContext ctx, String file, int line) {
    return ctx.tree().files().stream()
        .filter(f -> ctx.extents().at(f.pos()).file().equals(file))
        .flatMap(f -> Tree.below(f, Expr.Name.class).stream())
        .filter(n -> ctx.extents().at(n.pos()).line() == line)
        .toList();
  }

  /** What is said of names. */
  private record Words(RuleContext ctx) {
    @Nullable String of(Expr.Name name, @Nullable Obj object) {
      return switch (object) {
        case Var v when v.name().equals("_") -> null;
        case Var v when v.isField() -> field(name, v);
        case Var v when v.kind() == VarKind.PACKAGE ->
            v.name() + " is a package variable: it lives as long as the program";
        case Var v -> local(name, v);
        case Const c -> c.name() + " is a constant: it takes no memory by itself";
        case TypeName t -> type(t);
        case Func f -> function(name, f);
        case PkgName p -> pkg(p);
        case Builtin b ->
            b.name() + " is a built-in function: the compiler makes code for it in place";
        case Nil _ -> "nil takes no memory";
        case null, default -> null; // a label, or a name that defines nothing
      };
    }

    private static String pkg(PkgName p) {
      String path = "package " + p.imported().path();
      return switch (p.name()) {
        case "." -> "the names of " + path + " can be used as they are; that decides nothing";
        case "_" ->
            path + " is imported for what its initialization does; that decides nothing here";
        default -> p.name() + " is " + path + "; importing it decides nothing here";
      };
    }

    private String local(Expr.Name name, Var v) {
      Node function = ctx.tree().function(name);
      Expr.Name declared = ctx.tree().at(v.pos(), Expr.Name.class);
      Node owner = declared == null ? function : ctx.tree().function(declared);
      boolean captured =
          function instanceof Expr.FuncLit && owner != null && !Tree.same(owner, function);
      return v.name()
          + " was declared in line "
          + line(v)
          + " and "
          + new FrameWords(ctx).ofVariable(v.pos(), owner)
          + (captured ? "; the function literal has captured it" : "");
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
      if (type != null && type.unalias() instanceof TypeParam p) {
        return t.name()
            + " is a type parameter ("
            + ctx.types().text(p.constraint())
            + "); what it stands for is decided for each instance by itself";
      }
      if (type != null && type.underlying() instanceof Interface i && !i.isMethodSet()) {
        return t.name() + " is a constraint: it has no values";
      }
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
  }
}
