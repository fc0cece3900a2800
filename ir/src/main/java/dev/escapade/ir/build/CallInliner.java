package dev.escapade.ir.build;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.Inline;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.Visit;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Replaces a call by the body of its callee, which is built once more for this place
 * (noder/reader.go: unifiedInlineCall, Go 1.26). Parameters become variables that are assigned the
 * arguments; a return assigns to the result variables and goes to a label at the end.
 */
final class CallInliner {
  private final Compilation c;
  private final Func caller;
  private final CallExpr call;
  private final Func callee;
  private final int inl;
  private final Func tmp;
  private final Sym end;
  private final boolean delayResults;
  private final List<Name> params = new ArrayList<>();
  private final List<Name> results = new ArrayList<>();

  CallInliner(Compilation c, Func caller, CallExpr call, Func callee, int inl) {
    this.c = c;
    this.caller = caller;
    this.call = call;
    this.callee = callee;
    this.inl = inl;
    this.tmp = new Func(callee.pos, callee.nname.pos, caller.sym(), callee.type());
    this.end = new Sym(c.localPackage(), ".i" + caller.nextLabel());
    Inline how = callee.inline;
    this.delayResults = how != null && how.canDelayResults();
  }

  InlinedCallExpr expand() {
    c.declareParams(tmp, source());
    for (Name n : tmp.dcl) {
      (n.storage == StorageClass.PARAM ? params : results).add(n);
    }
    List<Node> init = new ArrayList<>(Ir.takeInit(call));
    if (call.op() == Op.CALLFUNC && call.fun != null) {
      calleeEffects(init, call.fun);
    }
    passArguments(init);
    if (!delayResults) {
      for (Name n : results) {
        init.add(new DclStmt(call.pos, call.inl, n));
        init.add(new AssignStmt(call.pos, call.inl, n, null));
      }
    }
    init.add(new InlineMarkStmt(call.pos, call.inl, inl));
    ExportData before = c.startReading(from());
    c.setReadingImportedBody(isImported());
    buildBody();
    c.setReadingImportedBody(false);
    c.startReading(before);
    c.buildPending(true);
    replaceReturns();
    adopt();
    List<Node> body = new ArrayList<>(tmp.body);
    body.add(new LabelStmt(call.pos, call.inl, end));
    InlinedCallExpr n =
        new InlinedCallExpr(call.pos, call.inl, call.typeOrNull(), body, new ArrayList<>(results));
    n.setInit(init);
    return n;
  }

  private ExportData from() {
    return switch ((FuncOrigin) Objects.requireNonNull(callee.origin)) {
      case FuncOrigin.Declared d -> c.dataOfBody(d);
      case FuncOrigin.Literal l -> l.from();
      case FuncOrigin.Synthetic s -> s.env().from();
    };
  }

  /** Reports whether the body comes from export data as it is, not from an instance made here. */
  private boolean isImported() {
    return callee.origin instanceof FuncOrigin.Declared d
        && d.source() != c.local()
        && !d.env().isGeneric();
  }

  private PackageSource source() {
    return switch ((FuncOrigin) Objects.requireNonNull(callee.origin)) {
      case FuncOrigin.Declared d -> d.source();
      case FuncOrigin.Literal l -> l.source();
      case FuncOrigin.Synthetic _ -> c.local();
    };
  }

  /** Keeps what is to be executed before the callee is known. */
  private static void calleeEffects(List<Node> init, Node callee) {
    Node fun = callee;
    while (true) {
      init.addAll(Ir.takeInit(fun));
      switch (fun) {
        case ConvExpr x when x.op() == Op.CONVNOP -> fun = x.x;
        case InlinedCallExpr x -> {
          init.addAll(x.body);
          x.body = new ArrayList<>();
          fun = Ir.singleResult(x);
        }
        default -> {
          return;
        }
      }
    }
  }

  private void passArguments(List<Node> init) {
    AssignListStmt as =
        new AssignListStmt(
            call.pos, call.inl, Op.AS2, new ArrayList<>(params), new ArrayList<>(call.args));
    as.def = true;
    List<Node> dcls = new ArrayList<>(params.size());
    for (Name n : params) {
      if (!n.isBlank()) {
        dcls.add(new DclStmt(call.pos, call.inl, n));
        n.defn = as;
      }
    }
    as.setInit(dcls);
    convertArguments(as);
    init.add(as);
  }

  private void convertArguments(AssignListStmt as) {
    for (int i = 0; i < params.size() && i < as.rhs.size(); i++) {
      if (as.rhs.get(i) instanceof ExprNode x && x.typeOrNull() != null) {
        as.rhs.set(i, Conversions.assign(x, params.get(i).type(), call.pos, call.inl));
      }
    }
  }

  private void buildBody() {
    switch ((FuncOrigin) Objects.requireNonNull(callee.origin)) {
      case FuncOrigin.Declared d -> {
        if (Bodies.isForwarder(d)) {
          c.bodies().callShaped(body(d.source(), d.env(), call.inl), d, call.pos);
        } else {
          Body b = body(d.source(), d.env(), inl);
          b.bindParams(d.obj().signature());
          tmp.body =
              b.stmts.list(
                  d.source().rangeFuncs().body(Objects.requireNonNull(d.decl().body())).list());
        }
      }
      case FuncOrigin.Literal l -> {
        Body b = body(l.source(), l.env(), inl);
        bindCaptured(b, l.captured());
        b.bindParams(Kinds.signature(l.source().facts().typeOf(l.literal())));
        tmp.body = b.stmts.list(l.source().rangeFuncs().body(l.literal().body()).list());
      }
      case FuncOrigin.Synthetic s -> {
        // Not as part of the call: it stands where the closure does.
        Body b = body(c.local(), s.env(), callee.inl);
        List<Name> outers = new ArrayList<>();
        for (Name cv : callee.closureVars) {
          outers.add(Objects.requireNonNull(cv.outer));
        }
        b.setCapturedNames(outers);
        s.body().build(b, call.pos);
      }
    }
  }

  private Body body(PackageSource source, TypeEnv env, int index) {
    return new Body(c, source, env, tmp, index, caller, null, null);
  }

  /** The variables of the enclosing function stand for the closure's copies of them. */
  private void bindCaptured(Body b, List<Var> captured) {
    for (int i = 0; i < callee.closureVars.size(); i++) {
      Name outer = Objects.requireNonNull(callee.closureVars.get(i).outer);
      if (i < captured.size()) {
        b.bindCaptured(captured.get(i), outer);
      } else {
        b.dictParam = outer;
      }
    }
  }

  // Returns.

  private void replaceReturns() {
    UnaryOperator<Node> edit =
        new UnaryOperator<>() {
          @Override
          public Node apply(Node n) {
            Node r = n instanceof ReturnStmt ret ? replaced(ret) : n;
            r.editChildren(this);
            return r;
          }
        };
    Visit.editList(tmp.body, edit);
  }

  private BlockStmt replaced(ReturnStmt ret) {
    List<Node> list = new ArrayList<>(Ir.takeInit(ret));
    if (!ret.results.isEmpty()) {
      AssignListStmt as =
          new AssignListStmt(
              call.pos, call.inl, Op.AS2, new ArrayList<>(results), new ArrayList<>(ret.results));
      if (delayResults) {
        for (Name n : results) {
          list.add(new DclStmt(call.pos, call.inl, n));
          n.defn = as;
        }
      }
      list.add(as);
    }
    list.add(new BranchStmt(call.pos, call.inl, Op.GOTO, end));
    return new BlockStmt(call.pos, call.inl, list);
  }

  /** Makes the variables those of the caller. */
  private void adopt() {
    for (Name n : tmp.dcl) {
      n.curfn = caller;
      if (n.storage != StorageClass.AUTO) {
        n.inl = inl;
        n.setInlFormal(true);
        n.storage = StorageClass.AUTO;
      } else {
        n.setInlLocal(true);
      }
    }
    caller.dcl.addAll(tmp.dcl);
  }
}
