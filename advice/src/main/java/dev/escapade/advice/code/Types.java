package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Builtin;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Info;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.OperandMode;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Selection;
import dev.escapade.types.SelectionKind;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeString;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.TypeFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about the expressions of a package. */
public final class Types {
  private final Package pkg;
  private final Info info;
  private final TypeFacts facts;

  /** Questions about {@code pkg}. */
  public Types(Package pkg, Info info, TypeFacts facts) {
    this.pkg = pkg;
    this.info = info;
    this.facts = facts;
  }

  /** The package. */
  public Package pkg() {
    return pkg;
  }

  /** What the checker found. */
  public Info info() {
    return info;
  }

  /** The type of an expression, or null. */
  public @Nullable Type of(@Nullable Expr e) {
    return e == null ? null : info.typeOf(e);
  }

  /** The underlying type of an expression's type, or null. */
  public @Nullable Type underlying(@Nullable Expr e) {
    Type t = of(e);
    return t == null ? null : t.underlying();
  }

  /** The spelling of a type as it would be written in this package. */
  public String text(@Nullable Type t) {
    return t == null ? "?" : TypeString.typeString(t, other -> other == pkg ? "" : other.name());
  }

  /** The size of a value in bytes; 0 for what has none, as a type parameter. */
  public long sizeBytes(@Nullable Type t) {
    return t == null || hasTypeParam(t) ? 0 : Math.max(0, facts.sizeBytes(t));
  }

  /** What the sizes of types follow from. */
  public TypeFacts facts() {
    return facts;
  }

  /** Reports whether {@code t} is a type parameter, or has one by value in it. */
  public static boolean hasTypeParam(Type t) {
    if (Predicates.isTypeParam(t)) {
      return true;
    }
    return switch (t.underlying()) {
      case Struct s -> {
        for (Var f : s.fields()) {
          if (hasTypeParam(f.type())) {
            yield true;
          }
        }
        yield false;
      }
      case dev.escapade.types.Array a -> hasTypeParam(a.elem());
      default -> false; // what these refer to has no part in the size
    };
  }

  /** The value of an integer constant expression, or {@code other}. */
  public long intOr(@Nullable Expr e, long other) {
    Constant c = e == null ? null : info.value(e);
    return c == null ? other : Constants.longValueOr(Constants.toInt(c), other);
  }

  /** Reports whether an expression is constant. */
  public boolean isConstant(@Nullable Expr e) {
    return e != null && info.value(e) != null;
  }

  /** The value of a constant string expression, or null. */
  public @Nullable String stringOf(@Nullable Expr e) {
    Constant c = e == null ? null : info.value(e);
    return c != null && c.kind() == Constant.Kind.STRING ? Constants.stringVal(c) : null;
  }

  /** The variable that an expression names, parentheses left aside, or null. */
  public @Nullable Var variable(@Nullable Expr e) {
    return e != null
            && Syntax.unparen(e) instanceof Expr.Name name
            && info.objectOf(name) instanceof Var v
        ? v
        : null;
  }

  /** The field that an expression selects, or null. */
  public @Nullable Var field(@Nullable Expr e) {
    if (e != null && Syntax.unparen(e) instanceof Expr.SelectorExpr s) {
      Selection selection = info.selection(s);
      if (selection != null && selection.kind() == SelectionKind.FIELD_VAL) {
        return (Var) selection.obj();
      }
    }
    return null;
  }

  /** The package-level variable, of any package, that an expression names, or null. */
  public @Nullable Var global(@Nullable Expr e) {
    Obj obj =
        switch (e == null ? null : Syntax.unparen(e)) {
          case Expr.Name n -> info.objectOf(n);
          case Expr.SelectorExpr s when info.selection(s) == null -> info.objectOf(s.sel());
          case null, default -> null; // names nothing
        };
    return obj instanceof Var v && v.kind() == VarKind.PACKAGE ? v : null;
  }

  /** The package-level variable of this package with whose name a text starts, or null. */
  public @Nullable Var globalAtStart(String text) {
    int end = 0;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return pkg.scope().lookup(text.substring(0, end)) instanceof Var v ? v : null;
  }

  /** Reports whether an expression is a use of {@code v}. */
  public boolean isUse(@Nullable Expr e, Var v) {
    return variable(e) == v;
  }

  /** Reports whether the left side of an assignment sets or defines {@code v}. */
  public boolean isTarget(Expr lhs, Var v) {
    return isUse(lhs, v) || defined(lhs) == v;
  }

  /** Reports whether an expression is the predeclared nil. */
  public boolean isNil(Expr e) {
    return info.mode(Syntax.unparen(e)) == OperandMode.NIL_VALUE
        || (Syntax.unparen(e) instanceof Expr.Name n
            && info.objectOf(n) instanceof dev.escapade.types.Nil);
  }

  /** Reports whether a call is a conversion. */
  public boolean isConversion(Expr.CallExpr call) {
    return info.mode(Syntax.unparen(call.fun())) == OperandMode.TYPE_EXPR;
  }

  /** The predeclared function that is called, or null. */
  public @Nullable BuiltinId builtin(Expr e) {
    if (!(Syntax.unparen(e) instanceof Expr.CallExpr call)) {
      return null;
    }
    Obj obj =
        switch (Syntax.unparen(call.fun())) {
          case Expr.Name n -> info.objectOf(n);
          case Expr.SelectorExpr s -> info.objectOf(s.sel());
          default -> null; // no other expression denotes one
        };
    return obj instanceof Builtin b ? b.builtinId() : null;
  }

  /** The function, method or interface method that is called by name, or null. */
  public @Nullable Func callee(Expr.CallExpr call) {
    return function(call.fun());
  }

  /** The function, method or interface method that an expression names, or null. */
  public @Nullable Func function(Expr e) {
    Expr fun = Syntax.unparen(e);
    if (fun instanceof Expr.IndexExpr x) {
      fun = Syntax.unparen(x.x());
    }
    Obj obj =
        switch (fun) {
          case Expr.Name n -> info.objectOf(n);
          case Expr.SelectorExpr s -> {
            Selection selection = info.selection(s);
            yield selection == null ? info.objectOf(s.sel()) : selection.obj();
          }
          default -> null; // a function value
        };
    return obj instanceof Func f ? f : null;
  }

  /** Reports whether a call is one of an interface method. */
  public boolean isInterfaceCall(Expr.CallExpr call) {
    if (Syntax.unparen(call.fun()) instanceof Expr.SelectorExpr s) {
      Selection selection = info.selection(s);
      return selection != null
          && selection.kind() == SelectionKind.METHOD_VAL
          && selection.obj() instanceof Func f
          && isInterfaceMethod(f);
    }
    return false;
  }

  /** Reports whether a function is a method of an interface. */
  public static boolean isInterfaceMethod(Func f) {
    Var recv = f.signature().recv();
    return recv != null && recv.type().underlying() instanceof Interface;
  }

  /** Reports whether a call is one of a function of another package, as {@code fmt.Sprintf}. */
  public boolean isCall(@Nullable Expr e, String path, String... names) {
    if (e == null || !(Syntax.unparen(e) instanceof Expr.CallExpr call)) {
      return false;
    }
    Func f = callee(call);
    return f != null && isFunction(f, path, names);
  }

  /** Reports whether a function is one of a package, and no method. */
  public static boolean isFunction(Func f, String path, String... names) {
    Package p = f.pkg();
    return p != null
        && p.path().equals(path)
        && f.signature().recv() == null
        && (names.length == 0 || List.of(names).contains(f.name()));
  }

  /** Reports whether a call is one of a method, as {@code bytes}, {@code Buffer}, {@code Bytes}. */
  public boolean isMethodCall(@Nullable Expr e, String path, String type, String... names) {
    if (e == null || !(Syntax.unparen(e) instanceof Expr.CallExpr call)) {
      return false;
    }
    Func f = callee(call);
    Var recv = f == null ? null : f.signature().recv();
    return f != null
        && recv != null
        && List.of(names).contains(f.name())
        && isNamed(deref(recv.type()), path, type);
  }

  /** The receiver expression of a method call, or null. */
  public @Nullable Expr receiver(Expr.CallExpr call) {
    return Syntax.unparen(call.fun()) instanceof Expr.SelectorExpr s && info.selection(s) != null
        ? s.x()
        : null;
  }

  /** The signature of what is called, or null for conversions and predeclared functions. */
  public @Nullable Signature signature(Expr.CallExpr call) {
    return !isConversion(call) && underlying(call.fun()) instanceof Signature s ? s : null;
  }

  /** Reports whether {@code t} is the declared type {@code path.name}. */
  public static boolean isNamed(@Nullable Type t, String path, String name) {
    if (t == null || !(t.unalias() instanceof Named n) || !n.obj().name().equals(name)) {
      return false;
    }
    Package declaring = n.obj().pkg();
    return declaring != null && declaring.path().equals(path);
  }

  /** What a pointer points to; another type as it is. */
  public static Type deref(Type t) {
    return t.unalias() instanceof Pointer p ? p.elem() : t;
  }

  /** Reports whether {@code t} is {@code []byte} or has it as its underlying type. */
  public static boolean isBytes(@Nullable Type t) {
    return t != null
        && t.underlying() instanceof Slice s
        && s.elem().underlying() instanceof dev.escapade.types.Basic b
        && b.kind() == dev.escapade.types.BasicKind.UINT8;
  }

  /** Reports whether {@code t} is a string type. */
  public static boolean isString(@Nullable Type t) {
    return t != null && Predicates.isString(t);
  }

  /** Reports whether {@code t} is the predeclared type error. */
  public static boolean isError(@Nullable Type t) {
    return t != null
        && t.unalias() instanceof Named n
        && n.obj().pkg() == null
        && n.obj().name().equals("error");
  }

  /** Reports whether {@code t} is an interface without methods. */
  public static boolean isAny(@Nullable Type t) {
    return t != null
        && !Predicates.isTypeParam(t)
        && t.underlying() instanceof Interface i
        && i.empty();
  }

  /** Reports whether a type has a method of that name, also one of its pointer. */
  public boolean hasMethod(Type t, String name) {
    return dev.escapade.types.Lookup.lookupFieldOrMethod(t, true, pkg, name).obj() instanceof Func;
  }

  /** Reports whether this package can name a type: others may not export theirs. */
  public boolean isNameable(Type t) {
    Type named = t.unalias() instanceof Pointer p ? p.elem().unalias() : t.unalias();
    if (!(named instanceof Named n)) {
      return true;
    }
    Package declared = n.obj().pkg();
    return declared == null || declared == pkg || n.obj().exported();
  }

  /** The object that a definition in an assignment or declaration defines, or null. */
  public @Nullable Var defined(@Nullable Expr lhs) {
    return lhs != null && Syntax.unparen(lhs) instanceof Expr.Name n && info.def(n) instanceof Var v
        ? v
        : null;
  }

  /**
   * Reports whether {@code e} is a variable, or a field or an element of an array that lies in it:
   * what is behind a pointer or in a slice or map is not a part.
   */
  public boolean isPartOf(Expr e, Var v) {
    Expr x = Syntax.unparen(e);
    while (true) {
      switch (x) {
        case Expr.SelectorExpr s when field(s) != null -> {
          if (underlying(s.x()) instanceof Pointer) {
            return false;
          }
          x = Syntax.unparen(s.x());
        }
        case Expr.IndexExpr i when underlying(i.x()) instanceof Array -> x = Syntax.unparen(i.x());
        default -> {
          return isUse(x, v);
        }
      }
    }
  }

  /** What a node sets, or takes the address of, as one expression or a list; null for others. */
  public static @Nullable Expr targets(Node n) {
    return switch (n) {
      case Stmt.AssignStmt s -> s.lhs();
      case Stmt.RangeClause r -> r.lhs();
      case Expr.UnaryExpr u when u.op() == Operator.AND -> u.x();
      default -> null; // only looks
    };
  }

  /** Reports whether an assignment below {@code body} names a variable on its left. */
  boolean isAssigned(Node body, Var v) {
    return Tree.any(
        body,
        n ->
            n instanceof Stmt.AssignStmt s
                && Syntax.unpackList(s.lhs()).stream().anyMatch(lhs -> isUse(lhs, v)));
  }

  /** The statement's only left and right side, or null: {@code x = e}, {@code x := e}. */
  public static @Nullable Expr singleRight(Stmt.AssignStmt s) {
    return s.rhs() == null || s.rhs() instanceof Expr.ListExpr || s.lhs() instanceof Expr.ListExpr
        ? null
        : s.rhs();
  }

  /** What a statement assigns to one of its targets, or null if one call yields several values. */
  public static @Nullable Expr right(Stmt.AssignStmt s, Expr target) {
    List<Expr> targets = Syntax.unpackList(s.lhs());
    List<Expr> values = s.rhs() == null ? List.of() : Syntax.unpackList(s.rhs());
    for (int i = 0; i < targets.size() && targets.size() == values.size(); i++) {
      if (Tree.same(targets.get(i), target)) {
        return values.get(i);
      }
    }
    return null;
  }
}
