package dev.escapade.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatternsTest {
  @ParameterizedTest
  @CsvSource({
    "..., foo, true",
    "net, net, true",
    "net, net/http, false",
    "net..., netchan, true",
    "net/..., net, true",
    "net/..., net/http, true",
    "net/..., netchan, false",
    "./..., ./vendor, true",
    "./..., ./vendor/foo, false",
    "./..., ./a/vendor/b, false",
    "./vendor/..., ./vendor/foo, true",
    "./vendor/..., ./vendor/foo/vendor/bar, false",
    "x/vendor/y/..., x/vendor/y/z/vendor, true",
    ".../vendor/..., x/vendor/y/vendor, true",
    "a.../b, aXY/b, true",
    "a.../b, aXY/c, false",
    "a+b/..., a+b/c, true",
    "a+b/..., aab/c, false"
  })
  void names(String pattern, String name, boolean matches) {
    assertEquals(matches, PackagePattern.matcher(pattern).test(name));
  }

  @ParameterizedTest
  @CsvSource({
    "x/y/z/..., x, true",
    "x/y/z/..., x/y/z/w, true",
    "x/y/z, x/y/z/w, false",
    "x/.../y, x/a/b, true",
    "x/.../y, y, false",
    "net..., netchan/a, true",
    "net/..., netchan, false"
  })
  void trees(String pattern, String name, boolean mayMatch) {
    assertEquals(mayMatch, PackagePattern.treeMatcher(pattern).test(name));
  }

  @ParameterizedTest
  @CsvSource({
    "*.go, a.go, true",
    "*.go, a.txt, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "[a-c]x, bx, true",
    "[^a-c]x, bx, false",
    "[^a-c]x, dx, true",
    "\\*, *, true",
    "\\*, a, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "[\\]]x, ]x, true",
    "*, '', true"
  })
  void globs(String pattern, String name, boolean matches) {
    assertTrue(Glob.isValid(pattern));
    assertEquals(matches, Glob.matches(pattern, name));
  }

  @Test
  void brokenGlobs() {
    for (String bad : new String[] {"[", "[a", "[]", "[]a]", "[-]", "[a-]", "a\\", "[^]"}) {
      assertFalse(Glob.isValid(bad), bad);
    }
  }

  @Test
  void manyStarsTakeNoExponentialTime() {
    assertFalse(Glob.matches("*a".repeat(2_000) + "b", "a".repeat(4_000)));
  }
}
