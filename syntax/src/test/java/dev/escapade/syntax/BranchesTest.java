package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Targets of branch statements; what is wrong with them is in {@code errors.txtar}. */
final class BranchesTest {
  @Test
  void branchesFindTheirTargets() {
    Source s =
        Source.parse(
            """
            package p
            func f() {
            L:
            	for {
            		switch {
            		case x:
            			break
            			continue
            			break L
            			fallthrough
            		default:
            			select {
            			default:
            				break
            				continue L
            			}
            			goto L
            			goto M
            		}
            		for range y {
            			break
            			continue
            			func() { for { break } }()
            		}
            	}
            M:
            	g()
            }
            """);
    // fallthrough is not the last statement because of the break before it: no error
    assertEquals(List.of(), s.errors());
    Decl.FuncDecl f = (Decl.FuncDecl) Objects.requireNonNull(s.file()).decls().getFirst();
    Stmt.BlockStmt body = Objects.requireNonNull(f.body());
    IdentityHashMap<Stmt.BranchStmt, Stmt> targets = Branches.targets(body);
    List<String> found = new ArrayList<>();
    Walk.preorder(
        body,
        n -> {
          if (n instanceof Stmt.BranchStmt b) {
            Stmt target = targets.get(b);
            String to = target == null ? "nothing" : s.place(target.pos());
            found.add(s.source().line(b.pos()) + " " + b.kind() + " " + to);
          }
          return !(n instanceof Expr.FuncLit);
        });
    assertEquals(
        List.of(
            "7 break 5:3",
            "8 continue 4:2",
            "9 break 4:2",
            "10 fallthrough nothing",
            "14 break 12:4",
            "15 continue 4:2",
            "17 goto 3:2",
            "18 goto 26:2",
            "21 break 20:3",
            "22 continue 20:3"),
        found);
  }
}
