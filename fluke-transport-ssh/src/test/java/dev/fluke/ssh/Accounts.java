package dev.fluke.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Accounts of this machine that a test makes, and that go with it. */
final class Accounts implements AutoCloseable {
  private final SshServer server;
  private final String prefix = "fl" + Long.toString(System.nanoTime() % 1_000_000_000L, 36);
  private final List<String> made = new ArrayList<>();

  Accounts(SshServer server) {
    this.server = server;
  }

  /** One with this login shell, whom the server's login key lets in; more options of useradd. */
  String add(String shell, String... options) throws Exception {
    String name = prefix + "-" + made.size();
    List<String> argv = new ArrayList<>(List.of("useradd", "-m", "-s", shell, "-p", "*"));
    argv.addAll(List.of(options));
    argv.add(name);
    SshServer.run(argv);
    made.add(name);
    mayLogIn(name, "");
    return name;
  }

  /** Gives the login key these options, such as a command. */
  void mayLogIn(String name, String keyOptions) throws Exception {
    String key = Files.readString(server.dir.resolve("id.pub"));
    write(name, ".ssh/authorized_keys", keyOptions + key);
  }

  /** Puts a file into the home of one. */
  void write(String name, String file, String text) throws Exception {
    Path path = home(name).resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    SshServer.run(List.of("chown", "-R", name, home(name).toString()));
  }

  static Path home(String name) {
    return Path.of("/home", name);
  }

  @Override
  public void close() throws IOException {
    for (String name : made) {
      try {
        SshServer.run(List.of("userdel", "-r", "-f", name));
      } catch (Exception e) {
        // it says that there is no mail
      }
    }
    made.clear();
  }
}
