package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.load.LoadConfig;
import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that import "C", and those that import them. */
final class CgoPackageTest {
  private static final String CODE =
      """
      -- go.mod --
      module m

      go 1.26
      -- c/c.go --
      package c

      // #include <stdlib.h>
      import "C"

      type Box struct {
      	n C.size_t
      }

      var Size = C.size_t(3)

      func New(n int) *Box { p := C.malloc(C.size_t(n)); _ = p; return &Box{C.size_t(n)} }

      func Keep(p *int) { C.keep(p) }

      func First[T any](s []T) T { C.one(); return s[0] }

      func (b *Box) Read(p *int) int { return *p }

      var limit int = C.N

      func Limit() int { return limit }

      func init() { Size = C.size_t(4) }
      -- above/above.go --
      package above

      import "m/c"

      func F() int {
      	x, y := 1, 2
      	c.Keep(&x)
      	b := *c.New(y)
      	_ = b
      	return *c.First([]*int{&y})
      }

      func G(b *c.Box) int {
      	x := 1
      	return b.Read(&x) + c.Limit()
      }
      -- unknown/unknown.go --
      package unknown

      import "m/c"

      var size = int(c.Size)

      func F() int { return int(c.Size) }

      func G(p *int) int { return *p }
      """;

  private static final String WRONG =
      """
      -- wrong/wrong.go --
      package wrong

      import "m/c"

      func F() int { return int(c.Size) }

      func G() int { return "1" + c.Limit() }
      """;

  @TempDir Path temp = Path.of("");

  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, Status> ends = new TreeMap<>();

  private void build(String code) throws Exception {
    Path module = temp.resolve("m");
    Txtar.parse(code).unpack(module);
    TestInstallation.create(temp.resolve("goroot"));
    Map<String, String> env =
        new HashMap<>(TestInstallation.environment(temp.resolve("goroot"), temp));
    env.put("CGO_ENABLED", "1");
    Pipeline.run(
        new BuildRequest(
            LoadConfig.of(module, "./...").withEnv(env),
            PackageFlags.parse(List.of("-m -json=0," + temp.resolve("json")), module),
            2,
            Goal.DECIDE,
            null),
        output -> {
          texts.put(output.pkg().path(), output.text().whole());
          ends.put(output.pkg().path(), output.status());
        });
  }

  @Test
  void decidesAboutWhatIsAboveThem() throws Exception {
    build(CODE);
    assertEquals(Status.OK, ends.get("m/c"));
    assertTrue(texts.getOrDefault("m/c", "").contains("c.go:4:8: import \"C\": "), texts::toString);
    assertEquals(Status.OK, ends.get("m/above"));
    String above = texts.getOrDefault("m/above", "");
    assertTrue(above.contains("above.go:6:2: moved to heap: x"), above);
    assertTrue(above.contains("above.go:6:5: moved to heap: y"), above);
    assertTrue(above.contains("above.go:15:15: inlining call to c.(*Box).Read"), above);
    assertFalse(above.contains("above.go:14:2: moved to heap: x"), above);
    assertEquals(Status.OK, ends.get("m/unknown"));
    String unknown = texts.getOrDefault("m/unknown", "");
    assertTrue(
        unknown.contains(
            "unknown.go:7:29: only a C compiler knows the type of c.Size, so nothing is decided"
                + " about function F"),
        unknown);
    assertTrue(unknown.contains("unknown.go:5:18: only a C compiler"), unknown);
    assertTrue(unknown.contains("unknown.go:9:6: can inline G"), unknown);
    assertTrue(unknown.contains("unknown.go:9:8: p does not escape"), unknown);
  }

  @Test
  void errorsWithOtherReasonsStay() throws Exception {
    build(CODE + WRONG);
    assertEquals(Status.ERRORS, ends.get("m/wrong"));
    String wrong = texts.getOrDefault("m/wrong", "");
    assertTrue(wrong.contains("wrong.go:7:23: invalid operation"), wrong);
  }
}
