package dev.escapade.walk;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.DynamicType;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InterfaceSwitchStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.JumpTableStmt;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.syntax.Operator;
import dev.escapade.types.Basic;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Lowers switches: to comparisons in a binary search, or jump tables. */
final class Switches {
  private static final int MIN_SEARCH = 4;
  private static final int MIN_JUMP_CASES = 8;
  private static final int MIN_JUMP_DENSITY = 4;
  private static final int MIN_JUMP_TYPES = 5;
  private static final int MIN_STRING_SPLIT = 4;

  /** Values from {@code lo} to {@code hi} that go to one place. */
  private static final class Clause {
    final int pos;
    final int inl;
    final Node lo;
    Node hi;
    final BranchStmt jump;

    Clause(int pos, int inl, Node value, BranchStmt jump) {
      this.pos = pos;
      this.inl = inl;
      lo = value;
      hi = value;
      this.jump = jump;
    }
  }

  private final Env env;

  Switches(Env env) {
    this.env = env;
  }

  void lower(SwitchStmt n) {
    if (n.tag instanceof TypeSwitchGuard guard) {
      types(n, guard);
    } else {
      values(n);
    }
  }

  private Sym label() {
    return env.autoLabel(".s");
  }

  private static BranchStmt jump(int pos, int inl, Sym label) {
    return new BranchStmt(pos, inl, Op.GOTO, label);
  }

  // Switches on values.

  private void values(SwitchStmt n) {
    long place = env.setPos(n);
    Node cond = n.tag == null ? env.boolLit(true) : n.tag;
    n.tag = null;
    if (cond instanceof ConvExpr c && c.op() == Op.BYTES2STR && hasConstantsOnly(n)) {
      c.setOp(Op.BYTES2STRTMP);
    }
    List<Node> init = Env.initOf(n);
    cond = env.exprs.expr(cond, init);
    List<Node> compiled = new ArrayList<>();
    if (!(cond instanceof BasicLit) && !(cond instanceof NilExpr)) {
      cond = env.exprs.copy(cond, Env.type(cond), compiled);
    }
    env.restore(place);
    ValueSwitch s = new ValueSwitch(cond);
    Node otherwise = null;
    List<Node> body = new ArrayList<>();
    for (CaseClause c : n.cases) {
      Sym label = label();
      BranchStmt jump = jump(c.pos, c.inl, label);
      if (c.list.isEmpty()) {
        otherwise = jump;
      }
      for (Node value : c.list) {
        s.add(new Clause(c.pos, c.inl, value, jump));
      }
      body.add(new LabelStmt(c.pos, c.inl, label));
      body.addAll(c.body);
      Node last = c.body.isEmpty() ? null : c.body.getLast();
      if (last == null || last.op() != Op.FALL) {
        body.add(
            new BranchStmt(
                last == null ? 0 : last.pos, last == null ? 0 : last.inl, Op.BREAK, null));
      }
    }
    n.cases = new ArrayList<>();
    s.emit(compiled);
    compiled.add(otherwise == null ? env.breakStmt() : otherwise);
    compiled.addAll(body);
    n.compiled = compiled;
    env.stmts.list(compiled);
  }

  private static boolean hasConstantsOnly(SwitchStmt n) {
    for (CaseClause c : n.cases) {
      for (Node v : c.list) {
        if (!(v instanceof BasicLit)) {
          return false;
        }
      }
    }
    return true;
  }

  private static String string(Clause c) {
    return Constants.stringVal(((BasicLit) c.lo).value);
  }

  private static Constant constant(Node n) {
    return ((BasicLit) n).value;
  }

  /** Compares one value with others. */
  private final class ValueSwitch {
    private final Node value;
    private final List<Node> done = new ArrayList<>();
    private List<Clause> clauses = new ArrayList<>();

    ValueSwitch(Node value) {
      this.value = value;
    }

    /** Adds a value; runs of constants are put in order. */
    void add(Clause c) {
      boolean ordered =
          Env.under(value) instanceof Basic b && b.is(Basic.IS_ORDERED) && c.lo instanceof BasicLit;
      if (!ordered) {
        flush();
      }
      clauses.add(c);
      if (!ordered) {
        flush();
      }
    }

    void emit(List<Node> out) {
      flush();
      out.addAll(done);
    }

    private void flush() {
      List<Clause> list = clauses;
      clauses = new ArrayList<>();
      if (list.isEmpty()) {
        return;
      }
      if (Env.isString(Env.type(value)) && list.size() >= 2) {
        strings(list);
        return;
      }
      if (list.size() > 1) {
        list.sort((a, b) ->
            Constants.compare(constant(a.lo), Operator.LSS, constant(b.lo))
                ? -1
                : Constants.compare(constant(b.lo), Operator.LSS, constant(a.lo)) ? 1 : 0);
      }
      search(Env.isInteger(Env.type(value)) ? merged(list) : list, done);
    }

    private List<Clause> merged(List<Clause> list) {
      if (list.size() < 2) {
        return list;
      }
      List<Clause> merged = new ArrayList<>();
      merged.add(list.get(0));
      for (Clause c : list.subList(1, list.size())) {
        Clause last = merged.getLast();
        BigInteger next = integer(last.hi).add(BigInteger.ONE);
        if (last.jump == c.jump && next.equals(integer(c.lo))) {
          last.hi = c.lo;
        } else {
          merged.add(c);
        }
      }
      return merged;
    }

    private void search(List<Clause> list, List<Node> out) {
      if (jumpTable(list, out)) {
        return;
      }
      binarySearch(
          0,
          list.size(),
          out,
          i -> env.binary(Op.LE, value, list.get(i - 1).hi),
          (i, branch) -> {
            Clause c = list.get(i);
            branch.cond = test(c);
            branch.body.add(c.jump);
          });
    }

    private boolean jumpTable(List<Clause> list, List<Node> out) {
      if (!env.optimize()
          || list.size() < MIN_JUMP_CASES
          || constant(list.get(0).lo).kind() != Constant.Kind.INT) {
        return false;
      }
      BigInteger min = integer(list.get(0).lo);
      BigInteger max = integer(list.getLast().hi);
      BigInteger width = max.subtract(min).add(BigInteger.ONE);
      if (width.compareTo(BigInteger.valueOf((long) list.size() * MIN_JUMP_DENSITY)) > 0) {
        return false;
      }
      List<Constant> cases = new ArrayList<>();
      List<Sym> targets = new ArrayList<>();
      for (Clause c : list) {
        BigInteger hi = integer(c.hi);
        for (BigInteger i = integer(c.lo); i.compareTo(hi) <= 0; i = i.add(BigInteger.ONE)) {
          cases.add(Constant.of(i));
          targets.add(Objects.requireNonNull(c.jump.label));
        }
      }
      out.add(new JumpTableStmt(env.pos, env.inl, value, cases, targets));
      return true;
    }

    private Node test(Clause c) {
      if (c.hi != c.lo) {
        Node low = new BinaryExpr(c.pos, c.inl, Op.GE, Basic.BOOL, value, c.lo);
        Node high = new BinaryExpr(c.pos, c.inl, Op.LE, Basic.BOOL, value, c.hi);
        return new dev.escapade.ir.LogicalExpr(c.pos, c.inl, Op.ANDAND, Basic.BOOL, low, high);
      }
      if (Env.isConst(value, Constant.Kind.BOOL) && !Env.isInterface(Env.type(c.lo))) {
        return Constants.boolVal(constant(value))
            ? c.lo
            : new UnaryExpr(c.pos, c.inl, Op.NOT, Env.type(c.lo), c.lo);
      }
      return new BinaryExpr(c.pos, c.inl, Op.EQ, Basic.BOOL, value, c.lo);
    }

    /** Strings: by length first. */
    private void strings(List<Clause> list) {
      list.sort(
          Comparator.comparingInt((Clause c) -> string(c).length())
              .thenComparing(Switches::string));
      List<List<Clause>> runs = new ArrayList<>();
      for (Clause c : list) {
        if (runs.isEmpty() || string(runs.getLast().get(0)).length() != string(c).length()) {
          runs.add(new ArrayList<>());
        }
        runs.getLast().add(c);
      }
      Sym outerLabel = label();
      Sym endLabel = label();
      int pos = env.pos;
      int inl = env.inl;
      done.add(jump(pos, inl, outerLabel));
      ValueSwitch outer = new ValueSwitch(new UnaryExpr(pos, inl, Op.LEN, Basic.INT, value));
      for (List<Clause> run : runs) {
        Sym label = label();
        Clause first = run.get(0);
        done.add(new LabelStmt(first.pos, first.inl, label));
        stringSearch(run, done);
        done.add(jump(first.pos, first.inl, endLabel));
        BasicLit len =
            new BasicLit(first.pos, first.inl, Basic.INT, Constant.of(string(first).length()));
        outer.add(new Clause(first.pos, first.inl, len, jump(first.pos, first.inl, label)));
      }
      done.add(new LabelStmt(pos, inl, outerLabel));
      outer.emit(done);
      done.add(new LabelStmt(pos, inl, endLabel));
    }

    private void stringSearch(List<Clause> list, List<Node> start) {
      List<Node> out = start;
      if (list.size() < MIN_STRING_SPLIT) {
        for (Clause c : list) {
          IfStmt branch = env.ifStmt(test(c));
          branch.body.add(c.jump);
          out.add(branch);
          out = branch.els;
        }
        return;
      }
      int length = string(list.get(0)).length();
      long bestScore = 0;
      int bestIndex = 0;
      int bestByte = 0;
      for (int i = 0; i < length; i++) {
        for (int b = -128; b < 127; b++) {
          int le = 0;
          for (Clause c : list) {
            if ((byte) string(c).charAt(i) <= b) {
              le++;
            }
          }
          long score = (long) le * (list.size() - le);
          if (score > bestScore) {
            bestScore = score;
            bestIndex = i;
            bestByte = b;
          }
        }
      }
      ConvExpr bytes =
          new ConvExpr(env.pos, env.inl, Op.STR2BYTESTMP, new Slice(Basic.INT8), value);
      bytes.markNonNil();
      IndexExpr load = env.index(bytes, env.intLit(bestIndex));
      IfStmt branch = env.ifStmt(env.binary(Op.LE, load, env.intLit(Basic.INT8, bestByte)));
      List<Clause> le = new ArrayList<>();
      List<Clause> gt = new ArrayList<>();
      for (Clause c : list) {
        ((byte) string(c).charAt(bestIndex) <= bestByte ? le : gt).add(c);
      }
      stringSearch(le, branch.body);
      stringSearch(gt, branch.els);
      out.add(branch);
    }
  }

  private static BigInteger integer(Node n) {
    return Constants.bigIntegerVal(Constants.toInt(constant(n)));
  }

  /**
   * Finds a case.
   *
   * @param less the condition that it is one before case {@code i}
   * @param leaf completes the test for one case
   */
  private void binarySearch(
      int lo, int hi, List<Node> start, IntFunction<Node> less, BiConsumer<Integer, IfStmt> leaf) {
    List<Node> out = start;
    int n = hi - lo;
    if (n < MIN_SEARCH) {
      for (int i = lo; i < hi; i++) {
        IfStmt branch = env.ifStmt(env.boolLit(true));
        leaf.accept(i, branch);
        out.add(branch);
        out = branch.els;
      }
      return;
    }
    int half = lo + n / 2;
    IfStmt branch = env.ifStmt(less.apply(half));
    binarySearch(lo, half, branch.body, less, leaf);
    binarySearch(half, hi, branch.els, less, leaf);
    out.add(branch);
  }

  // Switches on types.

  /** A type of a case, and where it goes; {@code value} gets what it is asserted to be. */
  private record TypeCase(
      int pos, int inl, Node type, BranchStmt jump, @Nullable Name value, int clause) {}

  private record TypeClause(long hash, List<Node> body) {}

  private void types(SwitchStmt n, TypeSwitchGuard guard) {
    List<Node> init = Env.initOf(n);
    Node source = env.exprs.expr(guard.x, init);
    List<Node> out = new ArrayList<>();
    Name src = env.exprs.copy(source, Env.type(source), out);
    Name ok = env.temp(Basic.BOOL);
    Name itabName = env.temp(Env.BYTE_PTR);
    TypeSwitch s = new TypeSwitch(src, ok, itabName, out);
    s.lower(n);
    n.tag = null;
    n.cases = new ArrayList<>();
    n.compiled = out;
    env.stmts.list(out);
  }

  private final class TypeSwitch {
    private final Name source;
    private final Name ok;
    private final Name itabName;
    private final List<Node> out;
    private final UnaryExpr itab;
    private final UnaryExpr data;
    private final List<TypeCase> concrete = new ArrayList<>();
    private final List<TypeCase> interfaces = new ArrayList<>();
    private @Nullable Name hash;
    private @Nullable SelectorExpr hashField;

    TypeSwitch(Name source, Name ok, Name itabName, List<Node> out) {
      this.source = source;
      this.ok = ok;
      this.itabName = itabName;
      this.out = out;
      itab = env.itab(source);
      data = env.idata(Env.BYTE_PTR, source);
    }

    void lower(SwitchStmt n) {
      IfStmt isNil = env.ifStmt(env.binary(Op.EQ, itab, env.nil(itab.type())));
      out.add(isNil);
      hashField = env.conversions.hashField(itab);
      hash = env.exprs.copy(hashField, Basic.UINT32, out);
      Sym[] labels = new Sym[n.cases.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = label();
      }
      BranchStmt end = env.breakStmt();
      BranchStmt otherwise = null;
      BranchStmt nil = null;
      List<TypeCase> cases = new ArrayList<>();
      for (int i = 0; i < labels.length; i++) {
        CaseClause c = n.cases.get(i);
        BranchStmt jump = jump(c.pos, c.inl, labels[i]);
        if (c.list.isEmpty()) {
          otherwise = jump;
        }
        for (Node t : c.list) {
          if (t instanceof NilExpr) {
            nil = jump;
            continue;
          }
          Name value = null;
          if (c.list.size() == 1 && t instanceof DynamicType && c.var != null) {
            value = env.unit.newTemp(c.pos, c.inl, env.fn, c.var.type());
          }
          cases.add(new TypeCase(c.pos, c.inl, t, jump, value, value == null ? -1 : i));
        }
      }
      if (otherwise == null) {
        otherwise = end;
      }
      isNil.body.add(nil == null ? otherwise : nil);
      for (TypeCase c : cases) {
        add(c);
      }
      flush();
      out.add(otherwise);
      for (int i = 0; i < labels.length; i++) {
        body(n.cases.get(i), i, labels[i], cases, end);
      }
    }

    private void add(TypeCase c) {
      if (c.type instanceof DynamicType dt) {
        flush();
        dynamic(c, dt);
        return;
      }
      Type t = Env.type(c.type);
      for (TypeCase i : interfaces) {
        if (env.unit.code().isImplementation(t, Env.type(i.type))) {
          return; // an earlier case has it
        }
      }
      (Env.isInterface(t) ? interfaces : concrete).add(c);
    }

    private void dynamic(TypeCase c, DynamicType dt) {
      DynamicTypeAssertExpr dot =
          new DynamicTypeAssertExpr(c.pos, c.inl, Op.DYNAMICDOTTYPE2, dt.type(), source, dt.rtype);
      dot.itab = dt.itab;
      Node target = c.value == null ? env.blank : c.value;
      out.add(new AssignListStmt(c.pos, c.inl, Op.AS2DOTTYPE, Ir.list(target, ok), Ir.list(dot)));
      out.add(jumpIfOk(c));
    }

    private IfStmt jumpIfOk(TypeCase c) {
      return new IfStmt(c.pos, c.inl, ok, Ir.list(c.jump), new ArrayList<>());
    }

    /** Emits the tests for the types so far. */
    private void flush() {
      if (!concrete.isEmpty()) {
        List<TypeClause> clauses = new ArrayList<>();
        for (TypeCase c : concrete) {
          Type t = Env.type(c.type);
          TypeAssertExpr dot = new TypeAssertExpr(c.pos, c.inl, Op.DOTTYPE2, t, source);
          AssignListStmt as =
              new AssignListStmt(c.pos, c.inl, Op.AS2DOTTYPE, Ir.list(env.blank, ok), Ir.list(dot));
          clauses.add(new TypeClause(typeHash(t), Ir.list(as, jumpIfOk(c))));
        }
        concrete.clear();
        search(clauses);
      }
      BranchStmt any = null;
      if (!interfaces.isEmpty() && Env.isEmptyInterface(Env.type(interfaces.getLast().type))) {
        any = interfaces.removeLast().jump;
      }
      if (!interfaces.isEmpty()) {
        Node type =
            Env.isEmptyInterface(source.type())
                ? env.convNop(itab, Env.BYTE_PTR)
                : env.conversions.itabType(itab);
        Name chosen = env.temp(Basic.INT);
        out.add(
            new InterfaceSwitchStmt(
                env.pos,
                env.inl,
                chosen,
                itabName,
                type,
                Objects.requireNonNull(hashField),
                env.walk.interfaceSwitchDescriptor()));
        List<CaseClause> cases = new ArrayList<>();
        for (int i = 0; i < interfaces.size(); i++) {
          cases.add(new CaseClause(0, 0, Ir.list(env.intLit(i)), Ir.list(interfaces.get(i).jump)));
        }
        out.add(new SwitchStmt(env.pos, env.inl, chosen, cases));
        interfaces.clear();
      }
      if (any != null) {
        out.add(any);
      }
    }

    private void search(List<TypeClause> unsorted) {
      unsorted.sort(Comparator.comparingLong(TypeClause::hash));
      List<TypeClause> list = new ArrayList<>();
      for (TypeClause c : unsorted) {
        if (!list.isEmpty() && list.getLast().hash == c.hash) {
          list.getLast().body.addAll(c.body);
        } else {
          list.add(c);
        }
      }
      if (jumpTable(list)) {
        return;
      }
      Name h = Objects.requireNonNull(hash);
      binarySearch(
          0,
          list.size(),
          out,
          i -> env.binary(Op.LE, h, env.intLit(Basic.UINT32, list.get(i - 1).hash)),
          (i, branch) -> {
            branch.cond = env.binary(Op.EQ, h, env.intLit(Basic.UINT32, list.get(i).hash));
            branch.body.addAll(list.get(i).body);
          });
    }

    /** Jumps by some bits of the hash in which all types differ, if there are such. */
    private boolean jumpTable(List<TypeClause> list) {
      if (!env.optimize() || list.size() < MIN_JUMP_TYPES) {
        return false;
      }
      int first = Integer.SIZE - Integer.numberOfLeadingZeros(list.size() - 1);
      for (int bits = first; bits < first + 3; bits++) {
        for (int shift = 0; shift <= 32 - bits; shift++) {
          if (differ(list, bits, shift)) {
            jumpTable(list, bits, shift);
            return true;
          }
        }
      }
      return false;
    }

    private static boolean differ(List<TypeClause> list, int bits, int shift) {
      boolean[] seen = new boolean[1 << bits];
      for (TypeClause c : list) {
        int h = (int) (c.hash >> shift) & ((1 << bits) - 1);
        if (seen[h]) {
          return false;
        }
        seen[h] = true;
      }
      return true;
    }

    private void jumpTable(List<TypeClause> list, int bits, int shift) {
      Node h = Objects.requireNonNull(hash);
      if (shift != 0) {
        h = env.binary(Op.RSH, h, env.intLit(Basic.UINT, shift));
      }
      h = env.binary(Op.AND, h, env.intLit(Basic.UINT32, (1 << bits) - 1));
      Sym noMatch = label();
      Sym[] targets = new Sym[1 << bits];
      Arrays.fill(targets, noMatch);
      Sym[] labels = new Sym[list.size()];
      List<Constant> cases = new ArrayList<>();
      for (int i = 0; i < targets.length; i++) {
        cases.add(Constant.of(i));
      }
      for (int i = 0; i < labels.length; i++) {
        labels[i] = label();
        targets[(int) (list.get(i).hash >> shift) & ((1 << bits) - 1)] = labels[i];
      }
      out.add(new JumpTableStmt(env.pos, env.inl, h, cases, List.of(targets)));
      out.add(jump(env.pos, env.inl, noMatch));
      for (int i = 0; i < labels.length; i++) {
        out.add(new LabelStmt(env.pos, env.inl, labels[i]));
        out.addAll(list.get(i).body);
        out.add(jump(env.pos, env.inl, noMatch));
      }
      out.add(new LabelStmt(env.pos, env.inl, noMatch));
    }

    private void body(CaseClause c, int i, Sym label, List<TypeCase> cases, BranchStmt end) {
      out.add(new LabelStmt(c.pos, c.inl, label));
      if (c.var != null) {
        Node value = source;
        if (c.list.size() == 1) {
          value = value(c, i, cases);
        }
        out.add(new DclStmt(c.pos, c.inl, c.var));
        out.add(new AssignStmt(c.pos, c.inl, c.var, value));
      }
      out.addAll(c.body);
      out.add(end);
    }

    private Node value(CaseClause c, int i, List<TypeCase> cases) {
      Node type = c.list.get(0);
      Name var = Objects.requireNonNull(c.var);
      ExprNode value;
      if (type instanceof NilExpr) {
        value = source;
      } else if (type instanceof DynamicType) {
        value = source;
        for (TypeCase tc : cases) {
          if (tc.clause == i) {
            value = Objects.requireNonNull(tc.value);
          }
        }
      } else {
        Type t = Env.type(type);
        if (!Env.isInterface(t)) {
          value = env.conversions.interfaceData(c.pos, c.inl, source, t);
        } else if (Env.isEmptyInterface(t)) {
          Node word = Env.isEmptyInterface(source.type()) ? itab : env.conversions.itabType(itab);
          value = new BinaryExpr(c.pos, c.inl, Op.MAKEFACE, t, word, data);
        } else {
          value = new BinaryExpr(c.pos, c.inl, Op.MAKEFACE, t, itabName, data);
        }
      }
      if (value instanceof Name) {
        return Env.identical(value.type(), var.type())
            ? value
            : new ConvExpr(c.pos, c.inl, Op.CONVNOP, var.type(), value);
      }
      value.setType(var.type());
      return value;
    }
  }

  private long typeHash(Type t) {
    return Integer.toUnsignedLong(env.walk.descriptors().hash(t));
  }
}
