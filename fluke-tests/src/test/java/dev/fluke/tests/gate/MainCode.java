package dev.fluke.tests.gate;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Imports the classes that main code declares, from wherever the class path has them. */
public final class MainCode implements ImportOption {
  private final Set<String> names = new HashSet<>();

  public MainCode() {
    Project.modules().forEach(module -> names.addAll(namesOf(module)));
  }

  @Override
  public boolean includes(Location location) {
    String path = location.asURI().toString().replaceAll("(\\$.*)?\\.class$", "");
    int at = path.lastIndexOf("dev/fluke/");
    return at >= 0 && names.contains(path.substring(at).replace('/', '.'));
  }

  /** The full names of the top-level types of a module. */
  static List<String> namesOf(String module) {
    return Project.mainFiles().stream()
        .filter(file -> file.module().equals(module) && !file.isPackageInfo())
        .flatMap(file -> file.topLevels().stream().map(t -> file.packageName() + "." + t.name()))
        .toList();
  }
}
