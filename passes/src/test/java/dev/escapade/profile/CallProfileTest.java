package dev.escapade.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of a profile, as {@code go tool preprofile} turns the one into the other. */
final class CallProfileTest {
  private static final double HOT_PERCENT = 99;

  /** A profile with eight samples. */
  private static final byte[] PPROF =
      Base64.getMimeDecoder()
          .decode(
              """
              H4sIAAAAAAACA4XOv4vUQBTAcZPJJJNJsvcuwvI8BXcDB7tb5GD+A7G3sbOLueF2cfPDjcG7Ltio
              cMWC/8B1Nh5cYydytdViZSX+BYdgY+mb7BUWhzbh+8mbGZ50hAW2dAQDJx5IZtks9j7x7vTq7V4c
              SeaQ3Sfd13fnzIy5S+M16zYffg2MPYv8zel+vzofmuPCp+Oq+/LxyjKUAXHSvfn+uWf4F0PJ7IjF
              nHWv3w+SQFi4HiVmGSDYeGZgQ5SEguHFKOG04KlFIwcvzciBKYHjxoDDkODiDwMXbhM8/GngwT2C
              wG5MEDAm+Lg28GGPIPHMQMI+IcCL7eQuIcRLgwBmhAg3BiGImaQVOfKROwmpbfDQow6oGQgU1Ba1
              Az761FNqDhIl9ZDahQAD6pjagxDD6/8CIoyox9Q+DHBAjdQSdnCHep86AECgnlGHsIu71K66pbwm
              K+qlbhTPq7Z8oVhetyoos7JqdF6Vh426r4/7I2leFQfFQTPPap0+ft5mK50+WOlMOcfpUaVEkS3K
              tGkLFa7ooUWhU/NHJTddn8weLlb5Uk+3LwT93cOqfbrUSvbI6np5ou7cdPmlXhzNld8fe6Z1fZ06
              y+f/XPZRVuj/rdOf2b5nPn8AMbg39+ECAAA=
              """);

  /** What {@code go tool preprofile} makes of it (Go 1.26). */
  private static final String PREPROFILE =
      """
      GO PREPROFILE V1
      main.sum
      example.com/m/shape.Square.Area
      2 700
      example.com/m/shape.Square.Area
      example.com/m/shape.weigh
      4 600
      main.apply
      main.double
      1 400
      main.sum
      example.com/m/shape.(*Circle).Area
      2 90
      main.each
      main.keep
      2 50
      main.each
      example.com/m/shape.(*Circle).Name
      3 40
      main.each
      example.com/m/shape.Square.Name
      3 40
      main.main
      main.sum
      2 3
      """;

  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bothFormsHaveTheSameCalls() throws ProfileException {
    List<CallEdge> edges = PprofReader.read(PPROF);
    assertEquals(8, edges.size());
    assertEquals(PreprofileReader.read(bytes(PREPROFILE)), edges);
  }

  @Test
  void hotCallsMakeUpTheirShareAndOneMore() throws ProfileException {
    String calls = "a\nb\n1 60\na\nc\n2 38\nd\ne\n3 2\n";
    CallProfile p = CallProfile.parse(bytes("GO PREPROFILE V1\n" + calls), 97);
    assertEquals(Set.of(1L, 2L), p.hotOffsets("a"));
    assertEquals(Set.of(), p.hotOffsets("d"));
    assertTrue(p.isHotCallee("c"));
    assertFalse(p.isHotCallee("e"));
    assertEquals(2, p.callsIn("a").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GO PREPROFILE V1\n"})
  void aProfileWithoutSamplesHasNoEffect(String text) throws ProfileException {
    assertTrue(CallProfile.parse(bytes(text), HOT_PERCENT).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "garbage | error parsing profile: error parsing profile: parsing profile: unknown wire"
            + " type: 7",
        "'\n' | error parsing profile: error parsing profile: parsing profile: bad varint",
        "'\n\u0005' | error parsing profile: error parsing profile: parsing profile: too much data",
        "'GO PREPROFILE V1\na\n' | preprocessed profile entry missing callee",
        "'GO PREPROFILE V1\na\nb\n' | preprocessed profile entry missing weight",
        "'GO PREPROFILE V1\na\nb\n1\n' | preprocessed profile entry got [1] want 2 fields",
      })
  void whatIsNoProfileIsRefused(String text, String message) {
    ProfileException e =
        assertThrows(ProfileException.class, () -> CallProfile.parse(bytes(text), HOT_PERCENT));
    assertEquals(message, e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    ProfileException e =
        assertThrows(
            ProfileException.class, () -> CallProfile.read(Path.of("/nowhere"), HOT_PERCENT));
    assertEquals("error opening profile: open /nowhere: no such file or directory", e.getMessage());
  }

  @Test
  void everyTruncatedProfileIsReadOrRefused() {
    for (int n = 0; n < PPROF.length; n++) {
      byte[] data = Arrays.copyOf(PPROF, n);
      try {
        PprofReader.read(data);
      } catch (ProfileException e) {
        assertFalse(String.valueOf(e.getMessage()).isEmpty());
      }
    }
  }
}
