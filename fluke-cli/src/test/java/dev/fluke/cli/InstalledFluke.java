package dev.fluke.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The command as a program that every user of this machine can run. */
final class InstalledFluke {
  private InstalledFluke() {}

  /** Writes the program; users must be able to enter the directory. */
  static void install(Path dir, Path program) throws Exception {
    Files.createDirectories(program.getParent());
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.fluke.cli.Main \"$@\"\n"
            .formatted(ProcessHandle.current().info().command().orElseThrow(), classPath(dir)));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A copy of the class path, since users can't read that of root. */
  private static String classPath(Path dir) throws Exception {
    List<String> copies = new ArrayList<>();
    StringBuilder script = new StringBuilder("umask 022\nmkdir lib\n");
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path copy = dir.resolve("lib/" + copies.size() + "-" + Path.of(entry).getFileName());
      script.append("cp -rL '%s' '%s'\n".formatted(Path.of(entry).toAbsolutePath(), copy));
      copies.add(copy.toString());
    }
    script.append("chmod -R a+rX lib\n");
    Program.sh(dir, script.toString());
    return String.join(File.pathSeparator, copies);
  }
}
