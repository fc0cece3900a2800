package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackagePatternTest {
  /** Cases after cmd/internal/pkgpattern's documentation: {@code go help packages}. */
  @ParameterizedTest
  @CsvSource({
    "net/..., net, true",
    "net/..., net/http, true",
    "net/..., netip, false",
    "net..., netip, true",
    "..., net/http, true",
    "net, net/http, false",
    "net/.../http, net/x/y/http, true",
    "net/.../http, net/http, false",
    ".../http, net/http, true",
    "a.b/c, axb/c, false",
    "mycode/..., mycode/vendor/x, false",
    "mycode/..., mycode/vendor, true",
    "mycode/vendor/..., mycode/vendor/x, true",
    "mycode/vendor/..., mycode/vendor, true",
    "vendor/..., vendor/golang.org/x/net, true",
    "..., vendor/golang.org/x/net, false",
    "...a...b...c, xaxbxbxc, true",
    "...a...b...c, xaxcxb, false",
  })
  void globMatchesAsGoHelpPackagesSays(String pattern, String path, boolean expected) {
    assertEquals(expected, new PackagePattern.Glob(pattern).matches(path));
  }
}
