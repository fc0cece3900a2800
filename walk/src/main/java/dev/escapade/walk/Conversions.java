package dev.escapade.walk;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.TypeNode;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers conversions and string concatenation. */
final class Conversions {
  /** Strings up to this length may be made in the frame. */
  private static final int STRING_BUF_BYTES = 32;

  private static final int MAX_STACK_INTERFACE_BYTES = 1024;
  private static final long MAX_IMPLICIT_STACK_BYTES = 64 << 10;
  private static final int MAX_STRING_ARGS = 5;

  private final Env env;

  Conversions(Env env) {
    this.env = env;
  }

  Node conversion(ConvExpr n, List<Node> init) {
    return switch (n.op()) {
      case CONV, CONVNOP -> {
        n.x = env.exprs.expr(n.x, init);
        yield n.op() == Op.CONVNOP && n.type() == ((ExprNode) n.x).typeOrNull() ? n.x : n;
      }
      case CONVIFACE -> toInterface(n, init);
      case SLICE2ARR -> {
        ConvExpr p = new ConvExpr(env.pos, env.inl, Op.SLICE2ARRPTR, new Pointer(n.type()), n.x);
        StarExpr d = env.deref(p);
        d.setBounded(true);
        yield env.exprs.expr(d, init);
      }
      case BYTES2STR, RUNES2STR -> toString(n, init);
      case RUNESTR -> {
        Node buf = buf(n, 4, Basic.UINT8);
        yield env.call("intstring", n.type(), init, buf, env.conv(n.x, Basic.INT64));
      }
      case STR2BYTES -> toBytes(n, init);
      case STR2RUNES -> {
        Node buf = buf(n, STRING_BUF_BYTES, Basic.INT32);
        yield env.call("stringtoslicerune", n.type(), init, buf, env.conv(n.x, Basic.STRING));
      }
      default -> {
        n.x = env.exprs.expr(n.x, init);
        yield n;
      }
    };
  }

  /** The address of a buffer if the result stays in the frame, or nil. */
  private Node buf(ExprNode n, int len, Type elem) {
    return n.esc() == Esc.NONE
        ? env.builtins.stackBuf(len, elem)
        : env.nil(new Pointer(new Array(elem, len)));
  }

  private Node toString(ConvExpr n, List<Node> init) {
    Node buf = buf(n, STRING_BUF_BYTES, Basic.UINT8);
    if (n.op() == Op.RUNES2STR) {
      return env.call("slicerunetostring", n.type(), init, buf, n.x);
    }
    n.x = env.exprs.cheap(n.x, init);
    return env.call("slicebytetostring", n.type(), init, buf, env.ptr(n.x), env.len(n.x));
  }

  private Node toBytes(ConvExpr n, List<Node> init) {
    if (n.x instanceof AddStringExpr add) {
      return addString(add, init, n);
    }
    if (!Env.isConst(n.x, Constant.Kind.STRING)) {
      Node buf = buf(n, STRING_BUF_BYTES, Basic.UINT8);
      return env.call("stringtoslicebyte", n.type(), init, buf, env.conv(n.x, Basic.STRING));
    }
    int len = Constants.stringVal(((BasicLit) n.x).value).length();
    Type array = new Array(Basic.UINT8, len);
    Type pointer = new Pointer(array);
    Node a;
    if (n.esc() == Esc.NONE && len <= MAX_IMPLICIT_STACK_BYTES) {
      a = env.builtins.stackBuf(len, Basic.UINT8);
    } else {
      UnaryExpr made = env.unary(Op.NEW, pointer, new TypeNode(env.pos, env.inl, array));
      made.markNonNil();
      a = made;
    }
    Name p = env.temp(pointer);
    init.add(env.assign(p, a));
    if (len > 0) {
      UnaryExpr from = env.ptr(n.x);
      from.setBounded(true);
      Node value = env.deref(env.convNop(from, pointer));
      env.append(init, env.assign(env.deref(p), value));
    }
    SliceExpr slice = new SliceExpr(n.pos, n.inl, Op.SLICEARR, n.type(), p, null, null, null);
    return env.exprs.expr(slice, init);
  }

  /**
   * A concatenation.
   *
   * @param conv the conversion to bytes of the result, if there is one
   */
  Node addString(AddStringExpr n, List<Node> init, @Nullable ConvExpr conv) {
    Type t = conv == null ? n.type() : conv.type();
    Node buf = env.nil(new Pointer(new Array(Basic.UINT8, STRING_BUF_BYTES)));
    if (conv == null) {
      if (n.esc() == Esc.NONE) {
        long known = 0;
        for (Node x : n.list) {
          if (x instanceof BasicLit lit) {
            known += Constants.stringVal(lit.value).length();
          }
        }
        if (known < STRING_BUF_BYTES) {
          buf = env.builtins.stackBuf(STRING_BUF_BYTES, Basic.UINT8);
        }
      }
    } else if (conv.esc() == Esc.NONE) {
      buf = env.builtins.stackBuf(STRING_BUF_BYTES, Basic.UINT8);
    }
    List<Node> args = new ArrayList<>();
    args.add(buf);
    String name = conv == null ? "concatstring" : "concatbyte";
    if (n.list.size() <= MAX_STRING_ARGS) {
      name += n.list.size();
      for (Node x : n.list) {
        args.add(env.conv(x, Basic.STRING));
      }
    } else {
      name += "s";
      List<Node> list = new ArrayList<>();
      for (Node x : n.list) {
        list.add(env.conv(x, Basic.STRING));
      }
      CompLitExpr slice =
          new CompLitExpr(env.pos, env.inl, Op.SLICELIT, new Slice(Basic.STRING), list);
      slice.len = list.size();
      slice.prealloc = n.prealloc;
      slice.setEsc(Esc.NONE);
      args.add(slice);
    }
    CallExpr call = env.rawCall(RuntimeFunctions.of(name), args.toArray(new Node[0]));
    ExprNode r = (ExprNode) env.exprs.expr(call, init);
    r.setType(t);
    return r;
  }

  // Interfaces.

  private Node toInterface(ConvExpr n, List<Node> init) {
    n.x = env.exprs.expr(n.x, init);
    Type from = Env.type(n.x);
    Type to = n.type();
    if (!Env.isInterface(from)) {
      Node word = typeWord(n, from, to);
      return env.makeFace(to, word, dataWord(n, init));
    }
    Name c = env.temp(from);
    init.add(env.assign(c, n.x));
    if (Env.isEmptyInterface(to)) {
      Node itab = env.itab(c);
      UnaryExpr data = new UnaryExpr(n.pos, n.inl, Op.IDATA, Env.BYTE_PTR, c);
      Name word = env.temp(Env.BYTE_PTR);
      Node value = env.conv(env.conv(itab, Basic.UNSAFE_POINTER), word.type());
      init.add(env.assign(word, value));
      IfStmt some = env.ifStmt(env.binary(Op.NE, word, env.nil(Env.BYTE_PTR)));
      some.body.add(env.assign(word, itabType(word)));
      init.add(some);
      return env.makeFace(to, word, data);
    }
    Node rhs;
    if (n.typeWord == null || Order.isSymbolAddr(n.typeWord)) {
      TypeAssertExpr ta = new TypeAssertExpr(env.pos, env.inl, Op.DOTTYPE2, to, c);
      ta.descriptor = env.walk.typeAssertDescriptor();
      rhs = ta;
    } else {
      rhs = new DynamicTypeAssertExpr(env.pos, env.inl, Op.DYNAMICDOTTYPE2, to, c, n.typeWord);
    }
    Name res = env.temp(to);
    AssignListStmt as = env.assignList(Op.AS2DOTTYPE, Ir.list(res, env.blank), Ir.list(rhs));
    init.add(as);
    return res;
  }

  private Node typeWord(ConvExpr n, Type from, Type to) {
    if (n.typeWord != null) {
      return n.typeWord;
    }
    return Env.isEmptyInterface(to) ? env.typePtr(from) : env.itabPtr(from, to);
  }

  /** The type that an itab is for. */
  Node itabType(Node itab) {
    return runtimeField(itab, "Type", 8, Env.BYTE_PTR);
  }

  /** The hash of the type whose descriptor or itab the first word of an interface is. */
  SelectorExpr hashField(UnaryExpr itab) {
    return runtimeField(itab, "hash", 16, Basic.UINT32);
  }

  /** A field of what a pointer of the runtime points to. */
  private SelectorExpr runtimeField(Node p, String name, int offset, Type t) {
    SelectorExpr n = new SelectorExpr(env.pos, env.inl, Op.DOTPTR, t, p, new Sym(null, name));
    n.runtimeOffset = offset;
    n.setBounded(true);
    return n;
  }

  /** The value of type {@code t} that an interface has. */
  ExprNode interfaceData(int pos, int inl, Node n, Type t) {
    if (env.types.isDirectIface(t)) {
      return new UnaryExpr(pos, inl, Op.IDATA, t, n);
    }
    UnaryExpr p = new UnaryExpr(pos, inl, Op.IDATA, new Pointer(t), n);
    StarExpr d = new StarExpr(pos, inl, t, p);
    d.setBounded(true);
    return d;
  }

  /** The only part of a value that is a struct or array of one, and its type. */
  private static @Nullable Type sole(Type t) {
    return switch (t.underlying()) {
      case Struct s -> s.numFields() == 1 ? sole(s.field(0).type()) : null;
      case Array a -> a.len() == 1 ? sole(a.elem()) : null;
      default -> t;
    };
  }

  private Node dataWord(ConvExpr conv, List<Node> init) {
    Node n = conv.x;
    Type from = Env.type(n);
    if (env.types.isDirectIface(from)) {
      return n;
    }
    Type sole = sole(from);
    boolean isInteger = sole != null && Env.isInteger(sole);
    boolean isBool = sole != null && Env.isBoolean(sole);
    long size = env.size(from);
    Node value = null;
    if (size == 0) {
      env.exprs.cheap(n, init);
      value = new LinksymOffsetExpr(env.pos, env.inl, Basic.UINTPTR, "runtime.zerobase", 0);
    } else if (isBool || (size == 1 && isInteger)) {
      n = soleComponent(init, env.exprs.cheap(n, init));
      Node index = env.binary(Op.LSH, byteIndex(n), env.intLit(Basic.UINT, 3));
      Node table =
          new LinksymOffsetExpr(
              env.pos, env.inl, new Array(Basic.UINT8, 256 * 8), "runtime.staticuint64s", 0);
      IndexExpr x = env.boundedIndex(table, index);
      value = x;
    } else if (n instanceof LinksymOffsetExpr z
        && z.linksym.equals("runtime.zeroVal")
        && z.offset == 0) {
      value = n;
    } else if (n instanceof Name g && g.storage == StorageClass.EXTERN && g.isReadonly()) {
      value = n;
    } else if (conv.esc() == Esc.NONE && size <= MAX_STACK_INTERFACE_BYTES) {
      Name tmp = env.temp(from);
      init.add(env.assign(tmp, n));
      value = tmp;
    }
    if (value != null) {
      return env.addr(value);
    }
    return allocate(conv, n, from, init);
  }

  private Node allocate(ConvExpr conv, Node operand, Type from, List<Node> init) {
    Node n = operand;
    String name = function(env, from);
    CallExpr call;
    if (name.equals("convT") || name.equals("convTnoptr")) {
      if (!Ir.isAddressable(n)) {
        n = env.exprs.copy(n, from, init);
      }
      Node rtype = conv.srcRType != null ? conv.srcRType : env.typePtr(from);
      call = env.rawCall(RuntimeFunctions.of(name, from), rtype, env.addr(n));
    } else {
      Type argType =
          switch (name) {
            case "convT16" -> Basic.UINT16;
            case "convT32" -> Basic.UINT32;
            case "convT64" -> Basic.UINT64;
            case "convTstring" -> Basic.STRING;
            default -> new Slice(Basic.UINT8);
          };
      Node arg;
      if (from == argType) {
        arg = n;
      } else if (sameKind(from, argType)) {
        arg = new ConvExpr(conv.pos, conv.inl, Op.CONVNOP, argType, n);
      } else if (Env.isInteger(from) && Env.isInteger(argType)) {
        arg = new ConvExpr(conv.pos, conv.inl, Op.CONV, argType, n);
      } else {
        Name copy = env.exprs.copy(n, from, init);
        ConvExpr p =
            new ConvExpr(conv.pos, conv.inl, Op.CONVNOP, new Pointer(argType), env.addr(copy));
        arg = new StarExpr(conv.pos, conv.inl, argType, p);
      }
      call = env.rawCall(RuntimeFunctions.of(name), arg);
    }
    return env.exprs.safe(env.exprs.expr(call, init), init);
  }

  private static boolean sameKind(Type a, Type b) {
    Type x = a.underlying();
    Type y = b.underlying();
    if (x instanceof Basic p && y instanceof Basic q) {
      return p.kind() == q.kind();
    }
    return x instanceof Slice && y instanceof Slice;
  }

  /** Reports whether a value that an interface gets is passed by its address. */
  static boolean needsAddress(Env env, Type from) {
    return function(env, from).equals("convT") || function(env, from).equals("convTnoptr");
  }

  /** The function of the runtime that allocates a value for an interface. */
  private static String function(Env env, Type from) {
    long size = env.size(from);
    long align = env.types.alignBytes(from);
    boolean pointers = env.hasPointers(from);
    if (size == 2 && align == 2) {
      return "convT16";
    }
    if (size == 4 && align == 4 && !pointers) {
      return "convT32";
    }
    if (size == 8 && align == 8 && !pointers) {
      return "convT64";
    }
    Type sole = sole(from);
    if (sole != null && Env.isString(sole)) {
      return "convTstring";
    }
    if (sole != null && sole.underlying() instanceof Slice) {
      return "convTslice";
    }
    return pointers ? "convT" : "convTnoptr";
  }

  private Node soleComponent(List<Node> init, Node value) {
    Node n = value;
    while (true) {
      Type t = Env.under(n);
      if (t instanceof Struct s) {
        if (s.field(0).name().equals("_")) {
          Name tmp = env.temp(s.field(0).type());
          env.append(init, env.assign(tmp, null));
          n = tmp;
        } else {
          n = env.fieldAt(n.pos, n.inl, n, 0);
        }
      } else if (t instanceof Array) {
        n = env.index(n, env.intLit(0));
      } else {
        return n;
      }
    }
  }

  private Node byteIndex(Node n) {
    Node b = n;
    if (!Env.identical(Env.type(n), Basic.UINT8)) {
      b = new ConvExpr(env.pos, env.inl, Op.CONV, Basic.UINT8, n);
    }
    return new ConvExpr(env.pos, env.inl, Op.CONV, Basic.INT, b);
  }

  /** {@code x} and {@code y} as operands of one operator. */
  BinaryExpr same(Op op, Node x, Node y) {
    return env.binary(op, x, env.conv(y, Env.type(x)));
  }
}
