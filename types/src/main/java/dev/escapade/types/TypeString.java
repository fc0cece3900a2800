package dev.escapade.types;

import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.ChanDir;
import dev.escapade.types.constant.GoStrings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types in Go's notation, as messages show them (types2: typestring.go). */
public final class TypeString {
  private final StringBuilder out;
  private final Qualifier qf;

  /** Types being written, to stop at a cycle. */
  private final List<Type> seen = new ArrayList<>();

  private final boolean paramNames;

  /** Whether to name the package of the first unexported field of a struct. */
  private boolean annotatePkg;

  private TypeString(StringBuilder out, Qualifier qf, boolean paramNames, boolean annotatePkg) {
    this.out = out;
    this.qf = qf;
    this.paramNames = paramNames;
    this.annotatePkg = annotatePkg;
  }

  /** {@code t} in Go's notation. */
  public static String typeString(Type t, Qualifier qf) {
    if (t instanceof Basic b && b != Basic.UNSAFE_POINTER) {
      return b.name();
    }
    StringBuilder out = new StringBuilder();
    write(out, t, qf);
    return out.toString();
  }

  /** Parameters and results of {@code sig}, without the keyword. */
  public static String signatureString(Signature sig, Qualifier qf) {
    StringBuilder out = new StringBuilder();
    writeSignature(out, sig, qf);
    return out.toString();
  }

  static void write(StringBuilder out, Type t, Qualifier qf) {
    new TypeString(out, qf, true, false).type(t);
  }

  static void writeSignature(StringBuilder out, Signature sig, Qualifier qf) {
    new TypeString(out, qf, true, false).signature(sig);
  }

  static void writeTypeParams(StringBuilder out, List<TypeParam> list, Qualifier qf) {
    new TypeString(out, qf, true, false).typeParams(list);
  }

  /**
   * The signature without parameter names.
   *
   * @param annotatePkg whether a struct is told from another by the package of its first unexported
   *     field
   */
  static String plainSignature(Signature sig, Qualifier qf, boolean annotatePkg) {
    StringBuilder out = new StringBuilder();
    new TypeString(out, qf, false, annotatePkg).signature(sig);
    return out.toString();
  }

  /** What stands before the name of an object of {@code pkg}: a qualifier and a dot, or "". */
  static String packagePrefix(@Nullable Package pkg, Qualifier qf) {
    if (pkg == null) {
      return "";
    }
    String s = qf.qualify(pkg);
    return s.isEmpty() ? "" : s + ".";
  }

  private void type(Type t) {
    for (Type s : seen) {
      if (s == t) {
        out.append("<cycle to ").append(goTypeName(t)).append('>');
        return;
      }
    }
    seen.add(t);
    switch (t) {
      case Basic b -> basic(b);
      case Array a -> {
        out.append('[').append(a.len()).append(']');
        type(a.elem());
      }
      case Slice s -> {
        out.append("[]");
        type(s.elem());
      }
      case Struct s -> struct(s);
      case Pointer p -> {
        out.append('*');
        type(p.elem());
      }
      case Tuple p -> tuple(p, false);
      case Signature s -> {
        out.append("func");
        signature(s);
      }
      case Union u -> union(u);
      case Interface i -> interfaceType(i);
      case MapType m -> {
        out.append("map[");
        type(m.key());
        out.append(']');
        type(m.elem());
      }
      case Chan c -> chan(c);
      case Named n -> named(n.obj(), n.typeArgs(), n.typeParams());
      case Alias a -> named(a.obj(), a.typeArgs(), a.typeParams());
      case TypeParam p -> typeParam(p);
    }
    seen.removeLast();
  }

  /** The name that the Go type checker gives a kind of types in messages about cycles. */
  private static String goTypeName(Type t) {
    return switch (t) {
      case MapType _ -> "Map";
      default -> t.getClass().getSimpleName();
    };
  }

  private void basic(Basic b) {
    if (b == Basic.UNSAFE_POINTER) {
      out.append(packagePrefix(Universe.UNSAFE, qf));
    }
    out.append(b.name());
  }

  private void struct(Struct s) {
    out.append("struct{");
    for (int i = 0; i < s.numFields(); i++) {
      if (i > 0) {
        out.append("; ");
      }
      Var f = s.field(i);
      boolean annotate = annotatePkg && !f.exported();
      if (annotate) {
        annotatePkg = false; // only once
      }
      if (!f.embedded()) {
        out.append(f.name()).append(' ');
      }
      type(f.type());
      Package pkg = f.pkg();
      if (annotate && pkg != null) {
        out.append(" /* package ").append(pkg.path()).append(" */ ");
      }
      String tag = s.tag(i);
      if (!tag.isEmpty()) {
        out.append(' ').append(GoStrings.quote(tag));
      }
    }
    out.append('}');
  }

  private void union(Union u) {
    boolean first = true;
    for (Term t : u.terms()) {
      if (!first) {
        out.append(" | ");
      }
      first = false;
      if (t.tilde()) {
        out.append('~');
      }
      type(t.type());
    }
  }

  private void interfaceType(Interface t) {
    if (t == Universe.ANY_INTERFACE) {
      out.append("any");
      return;
    }
    if (t == Universe.COMPARABLE.underlyingIfKnown()) {
      out.append("interface{comparable}");
      return;
    }
    if (t.isImplicit()) {
      if (t.explicitMethods().isEmpty() && t.embeddeds().size() == 1) {
        type(t.embeddeds().getFirst());
        return;
      }
      out.append("/* implicit */ ");
    }
    out.append("interface{");
    boolean first = true;
    for (Func m : t.explicitMethods()) {
      if (!first) {
        out.append("; ");
      }
      first = false;
      out.append(m.name());
      signature(m.signature());
    }
    for (Type e : t.embeddeds()) {
      if (!first) {
        out.append("; ");
      }
      first = false;
      type(e);
    }
    out.append('}');
  }

  private void chan(Chan c) {
    boolean parens = false;
    switch (c.dir()) {
      case BOTH -> {
        out.append("chan ");
        parens = c.elem() instanceof Chan e && e.dir() == ChanDir.RECV_ONLY;
      }
      case SEND_ONLY -> out.append("chan<- ");
      case RECV_ONLY -> out.append("<-chan ");
    }
    if (parens) {
      out.append('(');
    }
    type(c.elem());
    if (parens) {
      out.append(')');
    }
  }

  private void named(TypeName obj, List<Type> typeArgs, List<TypeParam> typeParams) {
    out.append(packagePrefix(obj.pkg(), qf)).append(obj.name());
    if (!typeArgs.isEmpty()) {
      out.append('[');
      for (int i = 0; i < typeArgs.size(); i++) {
        if (i > 0) {
          out.append(", ");
        }
        type(typeArgs.get(i));
      }
      out.append(']');
    } else if (!typeParams.isEmpty()) {
      typeParams(typeParams);
    }
  }

  private void typeParam(TypeParam p) {
    TypeName obj = p.obj();
    out.append(obj.name());
    // A parameter with the name of a predeclared object would be misleading by itself.
    if (Universe.SCOPE.lookup(obj.name()) != null) {
      out.append(" /* with ").append(obj.name()).append(" declared at ");
      Package pkg = obj.pkg();
      SourceMap sources = pkg == null ? null : pkg.sources();
      out.append(sources == null ? "<unknown position>" : sources.position(obj.pos()));
      out.append(" */");
    }
  }

  /** A list of type parameters; constraints are written once per run of equal ones. */
  private void typeParams(List<TypeParam> list) {
    out.append('[');
    Type prev = null;
    for (int i = 0; i < list.size(); i++) {
      TypeParam p = list.get(i);
      if (prev != null) {
        if (p.constraint() != prev) {
          out.append(' ');
          type(prev);
        }
        out.append(", ");
      }
      prev = p.constraint();
      type(p);
    }
    if (prev != null) {
      out.append(' ');
      type(prev);
    }
    out.append(']');
  }

  private void tuple(Tuple tuple, boolean variadic) {
    out.append('(');
    for (int i = 0; i < tuple.len(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      Var v = tuple.at(i);
      if (paramNames && !v.name().isEmpty()) {
        out.append(v.name()).append(' ');
      }
      if (!variadic || i < tuple.len() - 1) {
        type(v.type());
      } else if (v.type() instanceof Slice s) {
        out.append("...");
        type(s.elem());
      } else {
        type(v.type()); // append of a string to a []byte
        out.append("...");
      }
    }
    out.append(')');
  }

  private void signature(Signature sig) {
    if (!sig.typeParams().isEmpty()) {
      typeParams(sig.typeParams());
    }
    tuple(sig.params(), sig.variadic());
    Tuple results = sig.results();
    if (results.len() == 0) {
      return;
    }
    out.append(' ');
    if (results.len() == 1 && results.at(0).name().isEmpty()) {
      type(results.at(0).type());
    } else {
      tuple(results, false);
    }
  }
}
