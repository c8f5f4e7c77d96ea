package dev.fluke.examples.fleet;

import static dev.fluke.command.ShellQuoting.quote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Something that is true on a host that is as declared. It is asked without Fluke, so that Fluke is
 * not its own witness.
 *
 * @param words what it is
 * @param script succeeds if it is true
 */
record Fact(String words, String script) {
  private static final String UNITS = "/usr/local/lib/systemd/system/";

  /** What is to be true on a host of this role. */
  static List<Fact> of(Role role, FleetRepository repository) throws IOException {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("there is a group ops", "getent group ops"));
    facts.add(file("/etc/motd", repository.file("motd"), "644 root"));
    facts.add(new Fact("there is no /etc/issue.net", "test ! -e /etc/issue.net"));
    facts.add(unit("debug-shell.service", "inactive", "masked"));
    switch (role) {
      case WEB -> addWeb(facts, repository);
      case DB -> addDb(facts, repository);
      case WORKER -> addWorker(facts, repository);
    }
    return facts;
  }

  private static void addWeb(List<Fact> facts, FleetRepository repository) throws IOException {
    Path page = repository.file("web/index.html");
    facts.add(file("/opt/site/src/index.html", page, "644 root"));
    facts.add(file("/opt/site/mise.toml", repository.file("web/mise.toml"), "644 root"));
    facts.add(unitFile("site@.service", repository.file("web/site@.service")));
    facts.add(unitFile("site.socket", repository.file("web/site.socket")));
    facts.add(unit("site.socket", "active", "enabled"));
    facts.add(
        new Fact(
            "a visitor is served the page",
            "perl -MIO::Socket::UNIX -e"
                + " 'print IO::Socket::UNIX->new(\"/run/site.sock\")->getlines'"
                + " | gzip -dc | sha256sum | grep -q ^"
                + hash(page)));
  }

  private static void addDb(List<Fact> facts, FleetRepository repository) throws IOException {
    facts.add(
        new Fact(
            "/var/lib/ledger is the ledger's own",
            "test \"$(stat -c '%a %U:%G' /var/lib/ledger)\" = '750 ledger:ledger'"));
    facts.add(file("/etc/ledger/ledger.conf", repository.file("db/ledger.conf"), "640 root"));
    facts.add(unitFile("ledger.service", repository.file("db/ledger.service")));
    facts.add(unit("ledger.service", "active", "enabled"));
    facts.add(new Fact("the ledger runs as itself", "pgrep -u ledger sleep"));
    facts.add(unitFile("ledger-backup.service", repository.file("db/ledger-backup.service")));
    facts.add(unitFile("ledger-backup.timer", repository.file("db/ledger-backup.timer")));
    facts.add(unit("ledger-backup.timer", "active", "enabled"));
  }

  private static void addWorker(List<Fact> facts, FleetRepository repository) throws IOException {
    facts.add(file("/opt/worker/mise.toml", repository.file("worker/mise.toml"), "644 root"));
    facts.add(new Fact("the job is version 2", "test \"$(/opt/worker/bin/job --version)\" = 2"));
    facts.add(unitFile("queue@.service", repository.file("worker/queue@.service")));
    facts.add(unit("queue@mails.service", "active", "enabled"));
    facts.add(unit("queue@invoices.service", "active", "enabled"));
  }

  private static Fact unitFile(String unit, Path like) throws IOException {
    return file(UNITS + unit, like, "644 root");
  }

  private static Fact file(String path, Path like, String modeAndOwner) throws IOException {
    return new Fact(
        path + " is as in the repository, with " + modeAndOwner,
        "test \"$(stat -c '%%a %%U' %1$s)\" = '%2$s' && sha256sum %1$s | grep -q ^%3$s"
            .formatted(quote(path), modeAndOwner, hash(like)));
  }

  private static Fact unit(String unit, String active, String enabled) {
    return new Fact(
        unit + " is " + active + " and " + enabled,
        "test \"$(systemctl is-active %1$s) $(systemctl is-enabled %1$s)\" = '%2$s %3$s'"
            .formatted(unit, active, enabled));
  }

  private static String hash(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
