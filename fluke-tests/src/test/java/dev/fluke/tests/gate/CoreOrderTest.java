package dev.fluke.tests.gate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Core is read from the top: each package and each room uses only those above it. */
@AnalyzeClasses(packages = "dev.fluke", importOptions = MainCode.class)
class CoreOrderTest {
  /** The packages of core below dev.fluke, in their order; a package takes in those below it. */
  static final List<String> PACKAGES =
      List.of(
          "time",
          "text",
          "files",
          "net",
          "command",
          "webhook",
          "transport",
          "agent",
          "executor",
          "yaml",
          "manifest",
          "source",
          "source.git",
          "report",
          "event",
          "alert",
          "request",
          "guard",
          "reconcile");

  /** The rooms below dev.fluke.reconcile.internal, in their order. */
  private static final List<String> ROOMS =
      List.of(
          "config",
          "memory",
          "connection",
          "guards",
          "cycle",
          "record",
          "lane",
          "delivery",
          "fleet",
          "incident",
          "revision",
          "engine");

  private static final String CORE = "dev.fluke.";
  private static final String ROOM = "dev.fluke.reconcile.internal.";

  @ArchTest
  static void everyPackageOfCoreHasItsPlace(JavaClasses fluke) {
    Set<String> found = new TreeSet<>();
    for (JavaFile file : Project.mainFiles()) {
      if (file.module().equals("fluke-core")) {
        found.add(placeOf(file.packageName(), CORE, PACKAGES, file.packageName()));
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(PACKAGES);
  }

  @ArchTest
  static void packagesUseOnlyThoseAbove(JavaClasses fluke) {
    assertThat(usesOfThoseBelow(fluke, CORE, PACKAGES)).isEmpty();
  }

  @ArchTest
  static void everyRoomIsThere(JavaClasses fluke) {
    assertThat(
            fluke.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOM))
                .map(name -> placeOf(name, ROOM, ROOMS, name))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(ROOMS);
  }

  @ArchTest
  static void roomsUseOnlyThoseAbove(JavaClasses fluke) {
    assertThat(usesOfThoseBelow(fluke, ROOM, ROOMS)).isEmpty();
  }

  @ArchTest
  static void roomsDoNotUseTheFrontDoor(JavaClasses fluke) {
    noClasses()
        .that()
        .resideInAPackage("dev.fluke.reconcile.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.fluke.reconcile")
        .check(fluke);
  }

  @ArchTest
  static void onlyTheFrontDoorUsesTheRooms(JavaClasses fluke) {
    assertThat(targetsOf(fluke, "dev.fluke.reconcile")).anyMatch(name -> name.startsWith(ROOM));
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.fluke.reconcile..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.fluke.reconcile.internal..")
        .check(fluke);
  }

  @ArchTest
  static void onlySourceGitOfCoreUsesJGit(JavaClasses fluke) {
    String jgit = "org.eclipse.jgit.";
    assertThat(targetsOf(fluke, "dev.fluke.source.git")).anyMatch(name -> name.startsWith(jgit));
    for (String name : PACKAGES) {
      if (!name.equals("source.git")) {
        noClasses()
            .that()
            .resideInAPackage(CORE + name + "..")
            .and()
            .resideOutsideOfPackage("dev.fluke.source.git..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..")
            .check(fluke);
      }
    }
  }

  @ArchTest
  static void onlyManifestsAndTheCommandUseSnakeYaml(JavaClasses fluke) {
    String yaml = "org.yaml.snakeyaml.";
    assertThat(targetsOf(fluke, "dev.fluke.yaml.internal")).anyMatch(n -> n.startsWith(yaml));
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.fluke.yaml.internal", "dev.fluke.manifest..", "dev.fluke.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.yaml.snakeyaml..")
        .check(fluke);
  }

  private static List<String> usesOfThoseBelow(
      JavaClasses fluke, String prefix, List<String> order) {
    List<String> wrong = new ArrayList<>();
    for (JavaClass origin : fluke) {
      int place = order.indexOf(placeOf(origin.getPackageName(), prefix, order, ""));
      for (Dependency use : origin.getDirectDependenciesFromSelf()) {
        String target = use.getTargetClass().getBaseComponentType().getPackageName();
        if (place >= 0 && order.indexOf(placeOf(target, prefix, order, "")) > place) {
          wrong.add(use.getDescription());
        }
      }
    }
    return wrong;
  }

  /** The most special name of the order that a package is, or is below; otherwise what is given. */
  private static String placeOf(
      String packageName, String prefix, List<String> order, String otherwise) {
    String place = otherwise;
    int length = -1;
    for (String name : order) {
      if ((packageName + ".").startsWith(prefix + name + ".") && name.length() > length) {
        place = name;
        length = name.length();
      }
    }
    return place;
  }

  private static Set<String> targetsOf(JavaClasses fluke, String packageName) {
    return fluke.stream()
        .filter(type -> type.getPackageName().equals(packageName))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(use -> use.getTargetClass().getName())
        .collect(Collectors.toSet());
  }
}
