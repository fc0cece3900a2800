package dev.escapade.load.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class VersionsTest {
  @Test
  void semanticVersionsAreOrderedByPrecedence() {
    // The example of semver.org, section 11, with what Go adds around it.
    List<String> ascending =
        List.of(
            "bad",
            "v0.0.0-20200101000000-abcdefabcdef",
            "v0.1.0",
            "v1.0.0-alpha",
            "v1.0.0-alpha.1",
            "v1.0.0-alpha.beta",
            "v1.0.0-beta",
            "v1.0.0-beta.2",
            "v1.0.0-beta.11",
            "v1.0.0-rc.1",
            "v1.0.0",
            "v1.2.0",
            "v1.10.0",
            "v2.0.0+incompatible",
            "v10.0.0");
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertEquals(
            Integer.compare(i, j),
            Integer.signum(Semver.compare(ascending.get(i), ascending.get(j))),
            ascending.get(i) + " and " + ascending.get(j));
      }
    }
  }

  @Test
  void canonicalFormsFillUpAndKeepTheIncompatibleMark() {
    assertEquals("v1.0.0", Semver.canonicalModule("v1"));
    assertEquals("v1.2.0", Semver.canonicalModule("v1.2"));
    assertEquals("v2.0.0+incompatible", Semver.canonicalModule("v2.0.0+incompatible"));
    assertEquals("v2.0.0", Semver.canonicalModule("v2.0.0+meta"));
    assertEquals("", Semver.canonicalModule("v1.02.0"));
    assertEquals("", Semver.canonicalModule("1.2.0"));
    assertEquals("", Semver.canonicalModule("v1.2.0-01"));
  }

  @Test
  void languageVersionsPrecedeTheirReleasesFromOneTwentyOneOn() {
    List<String> ascending =
        List.of(
            "",
            "1",
            "1.2rc3",
            "1.2",
            "1.2.1",
            "1.19rc1",
            "1.19",
            "1.19.1",
            "1.21",
            "1.21rc1",
            "1.21rc2",
            "1.21.0",
            "1.21.3",
            "1.26",
            "1.99999999999999998",
            "1.99999999999999999");
    for (int i = 0; i + 1 < ascending.size(); i++) {
      assertEquals(
          -1,
          Integer.signum(GoVersion.compare(ascending.get(i), ascending.get(i + 1))),
          ascending.get(i));
    }
    assertEquals(0, GoVersion.compare("1.19", "1.19.0"));
    assertEquals("1.21", GoVersion.lang("1.21rc2"));
    assertEquals("1.26.8", GoVersion.fromToolchain("go1.26.8-custom"));
    assertEquals("", GoVersion.fromToolchain("devel"));
  }

  @Test
  void majorVersionSuffixesHaveToFit() {
    assertNull(ModulePath.checkMajor("v2.1.0", "/v2"));
    assertNull(ModulePath.checkMajor("v2.1.0+incompatible", ""));
    assertNull(ModulePath.checkMajor("v3.0.0", ".v3-unstable"));
    assertEquals(
        "version \"v2.0.0\" invalid: should be v0 or v1, not v2",
        ModulePath.checkMajor("v2.0.0", ""));
    assertEquals("/v2", Objects.requireNonNull(ModulePath.splitVersion("x.org/a/v2")).major());
    assertEquals(".v3", Objects.requireNonNull(ModulePath.splitVersion("gopkg.in/y.v3")).major());
    assertNull(ModulePath.splitVersion("x.org/a/v1"));
    assertNull(ModulePath.splitVersion("gopkg.in/yaml"));
  }

  @Test
  void importPathsAreCheckedCharacterByCharacter() {
    assertNull(ModulePath.checkImportPath("example.com/a-b_c~d/v2+x"));
    for (String bad : List.of("", "-a", "a//b", "a/", "a/..", "a b", "a/con", "x~1", "é")) {
      assertNotNull(ModulePath.checkImportPath(bad), bad);
    }
    assertEquals("!azure/go-!a!b", ModulePath.escape("Azure/go-AB"));
  }

  @Test
  void quotingRoundTrips() {
    for (String s : List.of("", "a\"b\\c", "tab\tnewline\n", "\u0001\u007f", "é\u200b😀")) {
      assertEquals(s, GoQuote.unquote(GoQuote.quote(s)));
    }
    assertNull(GoQuote.unquote("\"a\"b\""));
    assertNull(GoQuote.unquote("'a'"));
    assertEquals("a\\n", GoQuote.unquote("`a\\n`"));
    assertEquals("AAA", GoQuote.unquote("\"\\x41\\101\\u0041\""));
  }
}
