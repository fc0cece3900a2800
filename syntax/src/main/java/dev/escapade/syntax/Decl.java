package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A declaration (Go spec, "Declarations and scope"). */
public sealed interface Decl extends Node {
  /** {@code import localName path}. {@code path} is null after a syntax error. */
  record ImportDecl(
      int pos,
      @Nullable Group group,
      @Nullable Pragma pragma,
      Expr.@Nullable Name localPkgName,
      Expr.@Nullable BasicLit path)
      implements Decl {}

  /** {@code const names type = values}; {@code values} is a {@link Expr.ListExpr} for several. */
  record ConstDecl(
      int pos,
      @Nullable Group group,
      @Nullable Pragma pragma,
      List<Expr.Name> names,
      @Nullable Expr type,
      @Nullable Expr values)
      implements Decl {
    public ConstDecl {
      names = List.copyOf(names);
    }
  }

  /** {@code type name[tparams] type}, with {@code =} if {@code alias}. */
  record TypeDecl(
      int pos,
      @Nullable Group group,
      @Nullable Pragma pragma,
      Expr.Name name,
      List<Field> typeParams,
      boolean alias,
      Expr type)
      implements Decl {
    public TypeDecl {
      typeParams = List.copyOf(typeParams);
    }
  }

  /** {@code var names type = values}; {@code values} is a {@link Expr.ListExpr} for several. */
  record VarDecl(
      int pos,
      @Nullable Group group,
      @Nullable Pragma pragma,
      List<Expr.Name> names,
      @Nullable Expr type,
      @Nullable Expr values)
      implements Decl {
    public VarDecl {
      names = List.copyOf(names);
    }
  }

  /**
   * {@code func (recv) name[tparams] type body}; {@code body} is null for a forward declaration.
   */
  record FuncDecl(
      int pos,
      @Nullable Pragma pragma,
      @Nullable Field recv,
      Expr.Name name,
      List<Field> typeParams,
      Expr.FuncType type,
      Stmt.@Nullable BlockStmt body)
      implements Decl {
    public FuncDecl {
      typeParams = List.copyOf(typeParams);
    }
  }
}
