package dev.escapade.ir.build;

import dev.escapade.types.Alias;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the compiler reads something from: the package that is compiled, or an element of the
 * export data of a package that it imports. Export data has a copy of everything that it mentions,
 * so that there may be several to choose from, and what is read from one of them leads to what is
 * in it and nowhere else (noder: objReader, importBodyReader; Go 1.26).
 */
final class ExportData {
  /** An element of export data. */
  private sealed interface Item {
    /** The declaration of an object, with all the bodies of one that is generic. */
    record Declaration(Obj obj) implements Item {}

    /** The body of a function that is not generic. */
    record Body(Func func) implements Item {}

    /** A type that {@code whole} refers to. */
    record Part(Item whole, Type type) implements Item {}
  }

  /** The export data that is read when some code of the package asks for an item first. */
  private static final class Import {
    private final Compilation c;
    private final Item item;
    private @Nullable Package found;

    Import(Compilation c, Item item) {
      this.c = c;
      this.item = item;
    }

    private @Nullable Package find() {
      if (found == null) {
        found =
            switch (item) {
              case Item.Body(Func f) -> firstWithBody(f);
              case Item.Declaration(Obj o) -> lastWithDeclaration(o);
              case Item.Part _ -> throw new IllegalStateException();
            };
      }
      return found;
    }

    private @Nullable Package firstWithBody(Func f) {
      for (Package p : c.localPackage().imports()) {
        if (c.exports().exportedBodies(p).contains(f)) {
          return p;
        }
      }
      return f.pkg();
    }

    private @Nullable Package lastWithDeclaration(Obj o) {
      for (Package p : c.localPackage().imports().reversed()) {
        ExportTable table = c.exportTable(p);
        if (table != null && table.object(o) != null) {
          return p;
        }
      }
      return o.pkg();
    }

    private @Nullable ExportElement element(Item i) {
      Package pkg = find();
      ExportTable table = pkg == null ? null : c.exportTable(pkg);
      if (table == null) {
        return null;
      }
      return switch (i) {
        case Item.Declaration(Obj o) -> table.object(o);
        case Item.Body(Func f) -> table.body(f);
        case Item.Part(Item whole, Type t) -> {
          ExportElement e = element(whole);
          yield e == null ? null : e.find(ExportStub.written(t));
        }
      };
    }
  }

  private final @Nullable Import origin;
  private final @Nullable Item item;

  private ExportData(@Nullable Import origin, @Nullable Item item) {
    this.origin = origin;
    this.item = item;
  }

  /** The package that is compiled. */
  static ExportData here() {
    return new ExportData(null, null);
  }

  /** What a body is read from, which is of a function that is imported and not generic. */
  static ExportData ofBody(Compilation c, Func f) {
    return first(c, new Item.Body(f));
  }

  /** What a declaration is read from that is mentioned in the package itself. */
  static ExportData ofDeclaration(Compilation c, Obj o) {
    return first(c, new Item.Declaration(o));
  }

  private static ExportData first(Compilation c, Item item) {
    return new ExportData(new Import(c, item), item);
  }

  boolean isLocal() {
    return origin == null;
  }

  /**
   * What a declaration is read from that is mentioned in this; that of a method is part of that of
   * its type.
   */
  ExportData declaration(Compilation c, Obj o) {
    Obj declared = declared(o);
    if (origin == null) {
      return declared.pkg() == c.localPackage() ? this : c.imported(declared);
    }
    return new ExportData(origin, new Item.Declaration(declared));
  }

  private static Obj declared(Obj o) {
    return o instanceof Func f
            && f.signature().recv() != null
            && Kinds.deref(f.signature().recv().type()).unalias() instanceof Named n
        ? n.obj()
        : o;
  }

  /** What the parts of a type are read from that is mentioned in this. */
  ExportData inside(Type t) {
    boolean isWritten = !(t instanceof Alias) || ExportStub.written(t) == t;
    return item == null || !isWritten ? this : new ExportData(origin, new Item.Part(item, t));
  }

  /** Reports whether a type that two mention is but one in export data. */
  boolean isSame(Type t, ExportData other) {
    if (origin == null
        || other.origin == null
        || item == null
        || other.item == null
        || (origin != other.origin && origin.find() != other.origin.find())) {
      return false;
    }
    if (item.equals(other.item)) {
      return true;
    }
    ExportElement a = origin.element(new Item.Part(item, t));
    ExportElement b = other.origin.element(new Item.Part(other.item, t));
    return a == b || a == null || b == null;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ExportData d && origin == d.origin && Objects.equals(item, d.item);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(item);
  }
}
