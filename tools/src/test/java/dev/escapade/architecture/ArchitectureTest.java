package dev.escapade.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
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
          "walk",
          "ssa",
          "count",
          "driver",
          "advice",
          "report",
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
          List.of("passes", "load"),
          List.of("ssa", "load"),
          List.of("walk", "load"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-test/"))
          .importPackages("dev.escapade");

  @Test
  void thereIsSomethingToCheck() {
    Assertions.assertTrue(CLASSES.size() > 100, "only " + CLASSES.size() + " classes found");
  }

  @TestFactory
  Stream<DynamicTest> modulesDependOnEarlierOnesOnly() {
    return IntStream.range(0, MODULES.size() - 1)
        .mapToObj(i ->
            rule(MODULES.get(i), List.of(MODULES.get(i)), MODULES.subList(i + 1, MODULES.size())));
  }

  @TestFactory
  Stream<DynamicTest> stagesThatMustNotKnowEachOther() {
    return APART.stream()
        .map(pair ->
            rule(
                pair.getFirst() + " without " + pair.getLast(),
                pair.subList(0, 1),
                pair.subList(1, 2)));
  }

  private static DynamicTest rule(String name, List<String> users, List<String> used) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            noClasses()
                .that(modules(users))
                .should()
                .dependOnClassesThat(modules(used))
                .check(CLASSES));
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
        .resideOutsideOfPackages("dev.escapade.tools..", "dev.escapade.testing..")
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

  /** The classes of some modules, told by where they were built: packages may have any name. */
  private static DescribedPredicate<JavaClass> modules(Collection<String> modules) {
    return DescribedPredicate.describe(
        "are of " + String.join(", ", modules), c -> modules.contains(moduleOf(c)));
  }

  private static String moduleOf(JavaClass c) {
    String source = c.getSource().map(s -> s.getUri().toString()).orElse("");
    return MODULES.stream()
        .filter(m -> source.contains("/" + m + "/target/") || source.contains("/" + m + "/dev/"))
        .findFirst()
        .orElse("");
  }

  @Test
  void everyClassIsOfAModule() {
    for (JavaClass c : CLASSES) {
      boolean test = moduleOf(c).isEmpty() && c.getPackageName().contains("testing");
      Assertions.assertTrue(test || !moduleOf(c).isEmpty(), c.getName());
    }
    for (String module : MODULES) {
      Assertions.assertTrue(
          CLASSES.stream().anyMatch(c -> moduleOf(c).equals(module)), "no classes in " + module);
    }
  }
}
