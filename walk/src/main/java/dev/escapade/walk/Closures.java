package dev.escapade.walk;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.Sym;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers function literals and method values: to structs of the code and what it captures. */
final class Closures {
  private Closures() {}

  /** The struct that a closure is. */
  static Type structType(Func fn) {
    List<String> names = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    names.add("F");
    types.add(Basic.UINTPTR);
    int i = 0;
    for (Name v : fn.closureVars) {
      names.add("X" + i++);
      types.add(v.isByval() ? v.type() : new Pointer(v.type()));
    }
    return Env.struct(names, types);
  }

  /** The struct that a method value is. */
  static Type methodValueType(SelectorExpr n) {
    return Env.struct(List.of("F", "R"), List.of(Basic.UINTPTR, Env.type(n.x)));
  }

  static Node closure(Env env, ClosureExpr n, List<Node> init) {
    Func fn = n.func;
    if (!fn.isClosure()) {
      return fn.nname;
    }
    fn.setNeedctxt(true);
    env.walk.closure(env.fn, fn);
    List<Node> values = new ArrayList<>();
    values.add(env.unary(Op.CFUNC, Basic.UINTPTR, fn.nname));
    values.addAll(captured(env, fn));
    Node r = struct(env, structType(fn), values, n, n.prealloc);
    n.prealloc = null;
    return env.exprs.expr(r, init);
  }

  private static List<Node> captured(Env env, Func fn) {
    List<Node> args = new ArrayList<>();
    for (Name v : fn.closureVars) {
      Name outer = (Name) Env.require(v.outer);
      args.add(v.isByval() ? outer : env.addrAt(fn.pos, fn.inl, outer));
    }
    return args;
  }

  private static Node struct(
      Env env, Type t, List<Node> values, dev.escapade.ir.ExprNode n, @Nullable Name prealloc) {
    Struct s = (Struct) t;
    List<Node> list = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      list.add(new StructKeyExpr(env.pos, env.inl, null, s.field(i), values.get(i)));
    }
    CompLitExpr lit = new CompLitExpr(env.pos, env.inl, Op.STRUCTLIT, t, list);
    lit.setEsc(n.esc());
    AddrExpr addr = env.addr(lit);
    addr.setEsc(n.esc());
    addr.prealloc = prealloc;
    return env.convNop(addr, n.type());
  }

  static Node methodValue(Env env, SelectorExpr n, List<Node> init) {
    if (Env.isInterface(Env.type(n.x))) {
      n.x = env.exprs.cheap(n.x, init);
      n.x = env.exprs.expr(n.x, init);
      UnaryExpr check = env.unary(Op.CHECKNIL, Basic.UINTPTR, env.itab(n.x));
      init.add(check);
    }
    Type t = methodValueType(n);
    Name wrapper =
        new Name(
            n.pos,
            n.inl,
            new Sym(env.walk.local(), methodName(env, n) + "-fm"),
            n.typeOrNull(),
            StorageClass.FUNC);
    List<Node> values = new ArrayList<>();
    values.add(env.unary(Op.CFUNC, Basic.UINTPTR, wrapper));
    values.add(n.x);
    Node r = struct(env, t, values, n, n.prealloc);
    n.prealloc = null;
    return env.exprs.expr(r, init);
  }

  /** The method that {@code n} selects, with its receiver. */
  static String methodName(Env env, SelectorExpr n) {
    String recv = env.unit.fmt().types().receiver(Env.type(n.x));
    return (recv.startsWith("*") ? "(" + recv + ")" : recv) + "." + n.sel.name();
  }

  /** Makes a call of a function literal a call with what it captures as arguments. */
  static void callDirectly(Env env, CallExpr n) {
    Func fn = ((ClosureExpr) Env.require(n.fun)).func;
    if (!fn.isClosure()) {
      return;
    }
    env.walk.closure(env.fn, fn);
    List<Name> decls = new ArrayList<>();
    List<Var> params = new ArrayList<>();
    List<Node> args = captured(env, fn);
    for (Name v : fn.closureVars) {
      Name p = v;
      if (!v.isByval()) {
        p =
            new Name(
                fn.pos,
                fn.inl,
                new Sym(env.walk.local(), "&" + v.sym.name()),
                new Pointer(v.type()),
                StorageClass.PARAM);
        p.curfn = fn;
        v.heapAddr = p;
      }
      p.storage = StorageClass.PARAM;
      decls.add(p);
      params.add(new Var(VarKind.PARAM, 0, null, p.sym.name(), p.type()));
    }
    Signature sig = fn.type();
    params.addAll(sig.params().vars());
    Signature all =
        new Signature(null, List.of(), List.of(), Tuple.of(params), sig.results(), sig.variadic());
    fn.nname.setType(all);
    fn.dcl.addAll(0, decls);
    fn.closureVars = new ArrayList<>();
    n.fun = fn.nname;
    n.args.addAll(0, args);
    n.setType(Env.resultType(all));
  }

  // internal/abi.FuncPCABI0 and FuncPCABIInternal.

  static boolean isFuncPc(CallExpr n) {
    if (n.op() != Op.CALLFUNC || !(n.fun instanceof Name f) || f.sym.pkg() == null) {
      return false;
    }
    Package pkg = f.sym.pkg();
    String name = f.sym.name();
    return pkg.path().equals("internal/abi")
        && (name.equals("FuncPCABI0") || name.equals("FuncPCABIInternal"));
  }

  /** The function that is converted to an interface, if that is known. */
  static @Nullable Name funcOfInterface(Node n) {
    return n instanceof ConvExpr c
            && c.op() == Op.CONVIFACE
            && c.x instanceof Name f
            && f.storage == StorageClass.FUNC
        ? f
        : null;
  }

  static Node funcPc(Env env, CallExpr n) {
    Node arg = n.args.get(0);
    Name f = funcOfInterface(arg);
    if (f != null) {
      Node e = new LinksymOffsetExpr(n.pos, n.inl, Basic.UINTPTR, env.unit.linkName(f.sym), 0);
      AddrExpr a = env.addrAt(n.pos, n.inl, e);
      return new ConvExpr(n.pos, n.inl, Op.CONVNOP, Basic.UINTPTR, a);
    }
    Node x = new UnaryExpr(n.pos, n.inl, Op.IDATA, new Pointer(Basic.UINTPTR), arg);
    dev.escapade.ir.StarExpr d = new dev.escapade.ir.StarExpr(n.pos, n.inl, Basic.UINTPTR, x);
    return d;
  }

  /** Reports whether {@code n} is a blank name. */
  static boolean isBlank(Node n) {
    return Ir.isBlank(n);
  }
}
