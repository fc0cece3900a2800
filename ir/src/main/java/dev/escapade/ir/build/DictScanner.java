package dev.escapade.ir.build;

import dev.escapade.ir.Func;
import dev.escapade.ir.Sym;
import dev.escapade.syntax.Decl;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import java.util.List;
import java.util.Objects;

/**
 * Finds out what the dictionary of a generic object holds, by building its bodies once for nothing
 * else: each word that is asked for gets its place.
 */
final class DictScanner {
  private final Compilation c;
  private final PackageSource source;
  private final DictLayout layout = new DictLayout();

  private final List<Type> args;

  private DictScanner(Compilation c, PackageSource source, List<Type> args) {
    this.c = c;
    this.source = source;
    this.args = args;
  }

  /**
   * Scans a generic object.
   *
   * @param args shapes of type arguments; they do not matter for what the dictionary holds
   */
  static DictLayout scan(Compilation parent, PackageSource source, Obj obj, List<Type> args) {
    DictScanner s = new DictScanner(parent.scan(), source, args);
    switch (obj) {
      case dev.escapade.types.Func f -> s.function(f);
      case TypeName t -> {
        Named named = (Named) t.type();
        for (dev.escapade.types.Func m : PackageSource.methods(named)) {
          s.function(m);
        }
      }
      default -> throw new IllegalArgumentException("not generic: " + obj);
    }
    s.layout.complete();
    return s.layout;
  }

  private void function(dev.escapade.types.Func f) {
    Decl.FuncDecl decl = source.decl(f);
    if (decl == null || decl.body() == null) {
      return;
    }
    TypeEnv env = new TypeEnv(c.instances(), source, List.of(), args, true, layout, c.here());
    Func fn =
        new Func(
            decl.pos(),
            f.pos(),
            new Sym(f.pkg(), f.name()),
            c.instances().signature(source, decl, f, env, f.signature().recv()));
    Body b = new Body(c, source, env, fn, 0, null, null, null);
    c.declareParams(fn, source);
    b.bindParams(f.signature());
    fn.body = b.stmts.functionBody(source.rangeFuncs().body(Objects.requireNonNull(decl.body())));
  }
}
