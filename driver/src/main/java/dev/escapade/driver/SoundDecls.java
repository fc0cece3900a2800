package dev.escapade.driver;

import dev.escapade.diag.Diagnostic;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Const;
import dev.escapade.types.Func;
import dev.escapade.types.Info;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.Var;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be decided about in a package that does not compile: the declarations that neither have
 * an error nor mention, however indirectly, one that does, in this package or in one below. About
 * them the decisions are those that the compiler would take if the rest were mended without a
 * change to what they mention.
 *
 * <p>A method that is left out keeps its signature, for it belongs to the method set of its type;
 * it is a function without body then. Where not even the signature is known, the type is left out
 * too.
 *
 * <p>Errors that say that something is not used leave nothing unknown, and leave nothing out.
 */
final class SoundDecls {
  private static final Set<String> HARMLESS = Set.of("UnusedVar", "UnusedImport", "UnusedLabel");

  /** A declaration at package level. */
  private static final class Entry {
    final Decl decl;
    final List<Obj> objects = new ArrayList<>();
    boolean sound = true;

    Entry(Decl decl) {
      this.decl = decl;
    }
  }

  private final CheckedPackage pkg;
  private final Info info;

  /** The objects of all packages that are declared by what is not sound. */
  private final Set<Obj> unsound;

  private final List<List<Entry>> files = new ArrayList<>();

  /** Who mentions an object. */
  private final IdentityHashMap<Obj, List<Entry>> users = new IdentityHashMap<>();

  private final IdentityHashMap<Obj, Entry> owners = new IdentityHashMap<>();
  private final Deque<Entry> todo = new ArrayDeque<>();
  private int functions;
  private int leftOut;

  /**
   * Separates the declarations of a package.
   *
   * @param found the errors in it, those of its syntax included
   * @param unsound what is not sound in the packages below; that of this package is added
   */
  SoundDecls(CheckedPackage pkg, List<Diagnostic> found, Set<Obj> unsound) {
    this.pkg = pkg;
    this.info = pkg.info();
    this.unsound = unsound;
    for (File file : pkg.parsed().files()) {
      List<Entry> entries = new ArrayList<>();
      file.decls().forEach(d -> entries.add(new Entry(d)));
      files.add(entries);
    }
    files.forEach(entries -> entries.forEach(this::read));
    for (Diagnostic d : found) {
      if (!HARMLESS.contains(d.code())) {
        blame(d.pos());
        d.notes().forEach(note -> blame(note.pos()));
      }
    }
    do {
      for (Entry e = todo.poll(); e != null; e = todo.poll()) {
        e.objects.forEach(this::leaveOut);
      }
      files.forEach(entries -> entries.forEach(this::checkReceiver));
    } while (!todo.isEmpty());
    files.forEach(entries -> entries.forEach(this::count));
  }

  /** The package with sound declarations only. */
  CheckedPackage rest() {
    List<File> sound = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      List<Decl> decls = new ArrayList<>();
      for (Entry e : files.get(i)) {
        Decl d = e.sound ? e.decl : signature(e);
        if (d != null) {
          decls.add(d);
        }
      }
      sound.add(Decls.with(pkg.parsed().files().get(i), decls));
    }
    info.dropInitializers(v -> !v.lhs().stream().allMatch(this::isDeclaredSoundly));
    return pkg.with(sound);
  }

  /** Whether a variable has a sound declaration: one that is declared a second time has none. */
  private boolean isDeclaredSoundly(Var v) {
    Entry owner = owners.get(v);
    return owner != null && owner.sound;
  }

  /** How many functions and methods there are. */
  int functions() {
    return functions;
  }

  /** How many of these are left out. */
  int leftOut() {
    return leftOut;
  }

  private void count(Entry e) {
    if (e.decl instanceof Decl.FuncDecl) {
      functions++;
      leftOut += e.sound ? 0 : 1;
    }
  }

  /** Finds what a declaration declares and mentions. */
  private void read(Entry e) {
    if (e.decl instanceof Decl.ImportDecl) {
      return;
    }
    for (Expr.Name name : Decls.names(e.decl)) {
      Obj obj = info.def(name);
      if (obj != null) {
        e.objects.add(obj);
        owners.put(obj, e);
        if (obj instanceof Const && obj.type().unalias() instanceof Named n) {
          mention(e, n.obj()); // it may have its type from another constant of its group
        }
      }
    }
    Walk.preorder(
        e.decl,
        n -> {
          if (!isKnown(n)) {
            drop(e);
          } else if (n instanceof Expr.Name name) {
            mention(e, info.use(name));
          }
          return true;
        });
  }

  private boolean isKnown(Node n) {
    if (n instanceof Expr.Name name) {
      return !UnknownTypes.isUnknown(info.objectOf(name));
    }
    Type t = n instanceof Expr e ? info.typeOf(e) : null;
    return t == null || !UnknownTypes.isUnknown(t);
  }

  private void mention(Entry e, @Nullable Obj used) {
    if (used == null || used.pkg() == null) {
      return;
    }
    Obj obj = used instanceof Func f ? f.origin() : used;
    if (unsound.contains(obj)) {
      drop(e);
    } else {
      users.computeIfAbsent(obj, _ -> new ArrayList<>()).add(e);
    }
  }

  /** Drops the declaration in which a position is. */
  private void blame(int pos) {
    for (int i = 0; i < files.size(); i++) {
      if (pkg.parsed().files().get(i).source().contains(pos)) {
        Entry last = null;
        for (Entry e : files.get(i)) {
          if (e.decl.pos() <= pos) {
            last = e;
          }
        }
        if (last != null) {
          drop(last);
        }
      }
    }
  }

  private void drop(Entry e) {
    if (e.sound) {
      e.sound = false;
      todo.add(e);
    }
  }

  private void leaveOut(Obj obj) {
    unsound.add(obj);
    users.getOrDefault(obj, List.of()).forEach(this::drop);
  }

  /** Drops the type of a method of which nothing is left. */
  private void checkReceiver(Entry e) {
    if (!e.sound && e.decl instanceof Decl.FuncDecl f && f.recv() != null && signature(e) == null) {
      Entry type = receiver(e);
      if (type != null) {
        drop(type);
      }
    }
  }

  /** The type that a method is declared for: by name, as the receiver may be what is wrong. */
  private @Nullable Entry receiver(Entry method) {
    if (!(method.decl instanceof Decl.FuncDecl f) || f.recv() == null) {
      return null;
    }
    List<Entry> found = new ArrayList<>(1);
    Walk.preorder(
        f.recv().type(),
        n -> {
          if (found.isEmpty() && n instanceof Expr.Name name) {
            Obj obj = pkg.types().scope().lookup(name.value());
            Type t = obj instanceof TypeName type ? type.type() : null;
            Entry owner =
                t == null ? null : owners.get(t.unalias() instanceof Named x ? x.obj() : obj);
            if (owner != null) {
              found.add(owner);
            }
          }
          return found.isEmpty();
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  /** What is left of a method of which only the signature is sound; else null. */
  private @Nullable Decl signature(Entry e) {
    if (!(e.decl instanceof Decl.FuncDecl f)
        || f.recv() == null
        || !(info.def(f.name()) instanceof Func obj)
        || obj.signature().recv() == null
        || UnknownTypes.isUnknown(obj.signature().recv().type())
        || UnknownTypes.isUnknown(obj.type())) {
      return null;
    }
    boolean[] sound = {true};
    for (Node part : Decls.signature(f)) {
      Walk.preorder(
          part,
          n -> {
            Obj used = n instanceof Expr.Name name ? info.use(name) : null;
            sound[0] &= isKnown(n) && (used == null || !unsound.contains(used));
            return sound[0];
          });
    }
    return sound[0] ? Decls.withoutBody(f) : null;
  }
}
