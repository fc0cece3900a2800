package dev.escapade.ir;

import dev.escapade.syntax.ChanDir;
import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import dev.escapade.types.constant.GoStrings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints types as the compiler does (cmd/compile/internal/types/fmt.go, Go 1.26), which differs
 * from the type checker's way. There are two modes: for people, where names of other packages are
 * qualified by the package's name; and the link string, which is the same for identical types only
 * and names the type arguments of instances.
 */
public final class TypeFmt {
  private static final TypeFmt PLAIN = new TypeFmt(null, LocalTypes.NONE);

  /** Numbers the defined types that are declared within functions. */
  @FunctionalInterface
  public interface LocalTypes {
    /** Numbers nothing. */
    LocalTypes NONE = name -> 0;

    /** The number of the type among those of its package, or 0 if it is not within a function. */
    int number(TypeName name);
  }

  private enum Mode {
    GO,
    LINK
  }

  private static final Comparator<Func> METHOD_ORDER =
      Comparator.comparing((Func f) -> !f.exported())
          .thenComparing(Func::name)
          .thenComparing(f -> f.exported() || f.pkg() == null ? "" : f.pkg().path());

  private final @Nullable Package local;
  private final LocalTypes localTypes;

  /**
   * A printer.
   *
   * @param local the package that is compiled, whose names are not qualified; null for none
   */
  public TypeFmt(@Nullable Package local, LocalTypes localTypes) {
    this.local = local;
    this.localTypes = localTypes;
  }

  /** A printer that qualifies all names. */
  public static TypeFmt plain() {
    return PLAIN;
  }

  /** The text of {@code t} for people (the compiler's %v). */
  public String type(@Nullable Type t) {
    StringBuilder b = new StringBuilder();
    write(b, t);
    return b.toString();
  }

  /** As {@link #type} without a leading "func" (the compiler's %S). */
  public String shortType(Type t) {
    StringBuilder b = new StringBuilder();
    new Writer(b, Mode.GO).type(t, true);
    return b.toString();
  }

  /** The text that identifies {@code t} in symbols of the linker. */
  public String linkString(Type t) {
    StringBuilder b = new StringBuilder();
    new Writer(b, Mode.LINK).type(t, false);
    return b.toString();
  }

  /**
   * The name of the receiver's type within names of methods, such as {@code List[int]} (the
   * compiler's %-S).
   */
  public String receiver(Type t) {
    StringBuilder b = new StringBuilder();
    Writer w = new Writer(b, Mode.LINK);
    Type u = t.unalias();
    if (u instanceof Pointer p) {
      b.append('*');
      u = p.elem().unalias();
    }
    if (u instanceof Named n) {
      w.namedName(n);
    } else {
      w.type(u, true);
    }
    return b.toString();
  }

  /** Appends the text of {@code t} for people. */
  public void write(StringBuilder b, @Nullable Type t) {
    new Writer(b, Mode.GO).type(t, false);
  }

  /** {@code name}, qualified if {@code pkg} is another package than the one compiled. */
  public String qualified(@Nullable Package pkg, String name) {
    return pkg == null || pkg == local || pkg.name().isEmpty() ? name : pkg.name() + "." + name;
  }

  /** Reports whether {@code t} is defined or predeclared, thus printed by its name. */
  public static boolean hasName(@Nullable Type t) {
    if (t == null) {
      return false;
    }
    Type u = t.unalias();
    return u instanceof Named || u instanceof Basic || u == Universe.ANY_INTERFACE;
  }

  static boolean isUnnamedPointer(Type t) {
    return t.unalias().underlying() instanceof Pointer;
  }

  /**
   * The package path as it stands in symbols of the linker (cmd/internal/objabi: PathToPrefix, Go
   * 1.26): dots after the last slash and unusual bytes are escaped.
   */
  public static String linkPrefix(Package pkg) {
    return pkg == Shapes.PACKAGE ? pkg.path() : linkPrefix(linkPath(pkg));
  }

  /** The path that the compiler is given for {@code pkg}: "main" for commands. */
  public static String linkPath(Package pkg) {
    return pkg.name().equals("main") ? "main" : pkg.path();
  }

  static String linkPrefix(String path) {
    int slash = path.lastIndexOf('/');
    StringBuilder b = null;
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xff;
      boolean escape = c <= ' ' || (c == '.' && i > slash) || c == '%' || c == '"' || c >= 0x7f;
      if (escape && b == null) {
        b = new StringBuilder(path.substring(0, i));
      }
      if (b != null) {
        if (escape) {
          b.append('%')
              .append(Character.forDigit(c >> 4, 16))
              .append(Character.forDigit(c & 15, 16));
        } else {
          b.append((char) c);
        }
      }
    }
    return b == null ? path : b.toString();
  }

  private final class Writer {
    private final StringBuilder b;
    private Mode mode;
    private final List<Type> open = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();

    Writer(StringBuilder b, Mode mode) {
      this.b = b;
      this.mode = mode;
    }

    void type(@Nullable Type type, boolean shortForm) {
      if (type == null) {
        b.append("<T>");
        return;
      }
      Type t = type.unalias();
      switch (t) {
        case Basic x -> basic(x);
        case Named x -> named(x, shortForm);
        case TypeParam x -> b.append(x.obj().name());
        case Tuple x -> params(x, false);
        case Union x -> b.append(x);
        case Alias x -> b.append(x);
        case Interface x when x == Universe.ANY_INTERFACE && mode == Mode.GO -> b.append("any");
        case Array _, Chan _, Interface _, MapType _, Pointer _, Signature _, Slice _, Struct _ ->
            nested(t, shortForm);
      }
    }

    private void basic(Basic t) {
      if (mode == Mode.LINK && t == Basic.BYTE) {
        b.append("uint8");
      } else if (mode == Mode.LINK && t == Basic.RUNE) {
        b.append("int32");
      } else if (t == Basic.UNSAFE_POINTER) {
        b.append("unsafe.Pointer");
      } else {
        b.append(t.name());
      }
    }

    private void named(Named t, boolean shortForm) {
      Package pkg = t.obj().pkg();
      if (pkg != null && !shortForm) {
        if (mode == Mode.LINK) {
          b.append(linkPrefix(pkg)).append('.');
        } else if (pkg != local) {
          b.append(pkg.name()).append('.');
        }
      }
      namedName(t);
    }

    /** The name as the symbol has it, type arguments included. */
    void namedName(Named t) {
      String name = t.obj().name();
      b.append(mode == Mode.LINK ? name : withoutNumber(name));
      List<Type> args = t.typeArgs();
      if (!args.isEmpty()) {
        // The type arguments of enclosing generic functions come first.
        int implicits = args.size() - t.typeParams().size();
        Mode saved = mode;
        mode = Mode.LINK;
        for (int i = 0; i < args.size(); i++) {
          b.append(i == 0 ? "[" : i == implicits ? ";" : ",");
          type(args.get(i), false);
        }
        mode = saved;
        b.append(']');
      }
      if (mode == Mode.LINK) {
        int number = localTypes.number(t.obj());
        if (number != 0) {
          b.append('·').append(number);
        }
      }
    }

    /**
     * The name without the number of a type declared within a function, with which the name of a
     * shape may end.
     */
    private static String withoutNumber(String name) {
      int end = name.length();
      while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
        end--;
      }
      return end > 0 && end < name.length() && name.charAt(end - 1) == '·'
          ? name.substring(0, end - 1)
          : name;
    }

    private void nested(Type t, boolean shortForm) {
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i) == t) {
          b.append('@').append(offsets.get(i));
          return;
        }
      }
      open.add(t);
      offsets.add(b.length());
      switch (t) {
        case Pointer x -> {
          b.append('*');
          type(x.elem(), shortForm && mode == Mode.LINK);
        }
        case Array x -> {
          b.append('[').append(x.len()).append(']');
          type(x.elem(), false);
        }
        case Slice x -> {
          b.append("[]");
          type(x.elem(), false);
        }
        case Chan x -> chan(x);
        case MapType x -> {
          b.append("map[");
          type(x.key(), false);
          b.append(']');
          type(x.elem(), false);
        }
        case Interface x -> iface(x);
        case Signature x -> signature(x, shortForm);
        case Struct x -> struct(x);
        default -> throw new IllegalStateException(t.toString());
      }
      open.removeLast();
      offsets.removeLast();
    }

    private void chan(Chan t) {
      switch (t.dir()) {
        case RECV_ONLY -> b.append("<-chan ");
        case SEND_ONLY -> b.append("chan<- ");
        case BOTH -> b.append("chan ");
      }
      boolean parens =
          t.dir() == ChanDir.BOTH
              && t.elem().unalias() instanceof Chan c
              && c.dir() == ChanDir.RECV_ONLY;
      b.append(parens ? "(" : "");
      type(t.elem(), false);
      b.append(parens ? ")" : "");
    }

    private void iface(Interface t) {
      int n = t.numMethods();
      if (n == 0) {
        b.append("interface {}");
        return;
      }
      List<Func> methods = new ArrayList<>(n);
      for (int i = 0; i < n; i++) {
        methods.add(t.method(i));
      }
      methods.sort(METHOD_ORDER);
      b.append("interface {");
      Mode saved = mode;
      for (int i = 0; i < n; i++) {
        Func m = methods.get(i);
        b.append(i == 0 ? " " : "; ");
        if (!m.exported()) {
          // As the compiler does: after an unexported method all is printed as in link strings.
          mode = Mode.LINK;
          b.append(linkPrefix(Objects.requireNonNull(m.pkg()))).append('.');
        }
        b.append(m.name());
        type(m.type(), true);
      }
      mode = saved;
      b.append(" }");
    }

    private void signature(Signature t, boolean shortForm) {
      if (!shortForm) {
        if (t.recv() != null) {
          b.append("method(");
          type(t.recv().type(), false);
          b.append(") ");
        }
        b.append("func");
      }
      params(t.params(), t.variadic());
      Tuple results = t.results();
      if (results.len() == 1) {
        b.append(' ');
        type(results.at(0).type(), false);
      } else if (results.len() > 1) {
        b.append(' ');
        params(results, false);
      }
    }

    private void params(Tuple t, boolean variadic) {
      b.append('(');
      for (int i = 0; i < t.len(); i++) {
        b.append(i == 0 ? "" : ", ");
        Type p = t.at(i).type();
        if (variadic && i == t.len() - 1 && p.unalias().underlying() instanceof Slice s) {
          b.append("...");
          type(s.elem(), false);
        } else {
          type(p, false);
        }
      }
      b.append(')');
    }

    private void struct(Struct t) {
      b.append("struct {");
      for (int i = 0; i < t.numFields(); i++) {
        b.append(i == 0 ? " " : "; ");
        field(t.field(i));
        type(t.field(i).type(), false);
        if (!t.tag(i).isEmpty()) {
          b.append(' ').append(GoStrings.quote(t.tag(i)));
        }
      }
      b.append(t.numFields() == 0 ? "}" : " }");
    }

    private void field(Var f) {
      String separator = " ";
      if (f.embedded()) {
        if (mode == Mode.GO || isOwnName(f)) {
          return;
        }
        separator = " = ";
      }
      Package pkg = f.pkg();
      if (!f.exported() && pkg != null) {
        if (mode == Mode.LINK) {
          b.append(linkPrefix(pkg)).append('.');
        } else if (pkg != local) {
          b.append(pkg.name()).append('.');
        }
      }
      b.append(f.name()).append(separator);
    }

    /**
     * Reports whether an embedded field has the name of its type, as if not renamed by an alias.
     * The name of a type within a function ends with its number, so no field has it.
     */
    private boolean isOwnName(Var f) {
      Type t = f.type().unalias();
      if (t instanceof Pointer p) {
        t = p.elem().unalias();
      }
      return switch (t) {
        case Named n ->
            n.typeArgs().isEmpty()
                && localTypes.number(n.obj()) == 0
                && n.obj().name().equals(f.name())
                && (f.exported() || n.obj().pkg() == f.pkg());
        default -> false;
      };
    }
  }
}
