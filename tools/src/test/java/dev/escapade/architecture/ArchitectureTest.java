package dev.escapade.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The order of the pipeline, and what else holds of every class. */
final class ArchitectureTest {
  /** The modules; each may use those before it. */
  private static final List<String> MODULES =
      List.of(
          "diag",
          "release",
          "load",
          "syntax",
          "types",
          "decisions",
          "ir",
          "passes",
          "driver",
          "tools");

  /** What further must stay apart: the first may not use the second. */
  private static final List<List<String>> APART =
      List.of(
          List.of("syntax", "load"),
          List.of("types", "load"),
          List.of("decisions", "load"),
          List.of("decisions", "syntax"),
          List.of("decisions", "types"),
          List.of("ir", "load"),
          List.of("passes", "load"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.escapade");

  @Test
  void thereIsSomethingToCheck() {
    Assertions.assertTrue(CLASSES.size() > 100, "only " + CLASSES.size() + " classes found");
  }

  @TestFactory
  Stream<DynamicTest> modulesDependOnEarlierOnesOnly() {
    return IntStream.range(0, MODULES.size())
        .mapToObj(i -> {
          String[] later =
              MODULES.subList(i + 1, MODULES.size()).stream()
                  .map(ArchitectureTest::packages)
                  .toArray(String[]::new);
          return DynamicTest.dynamicTest(
              MODULES.get(i),
              () ->
                  noClasses()
                      .that()
                      .resideInAPackage(packages(MODULES.get(i)))
                      .should()
                      .dependOnClassesThat()
                      .resideInAnyPackage(later)
                      .allowEmptyShould(true)
                      .check(CLASSES));
        });
  }

  @TestFactory
  Stream<DynamicTest> stagesThatMustNotKnowEachOther() {
    return APART.stream()
        .map(pair ->
            DynamicTest.dynamicTest(
                pair.getFirst() + " without " + pair.getLast(),
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(packages(pair.getFirst()))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(packages(pair.getLast()))
                        .allowEmptyShould(true)
                        .check(CLASSES)));
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.escapade.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.escapade.tools.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void nothingBelowTheToolsPrintsOrExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.escapade.tools..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void thereIsNoStaticMutableState() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  private static String packages(String module) {
    return "dev.escapade." + module + "..";
  }
}
