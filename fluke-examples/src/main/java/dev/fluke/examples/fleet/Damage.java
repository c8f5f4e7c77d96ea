package dev.fluke.examples.fleet;

import java.util.List;
import java.util.Optional;

/**
 * Something that a hasty hand can do to a host.
 *
 * @param role the only hosts it can be done to; any, if empty
 * @param task the task that is to undo it
 * @param step the step of it
 * @param words what it is
 * @param script does it
 */
record Damage(Optional<Role> role, String task, String step, String words, String script) {
  private static final String UNITS = "/usr/local/lib/systemd/system/";

  /** All that this example knows. */
  static List<Damage> all() {
    return List.of(
        any("operators", "removed the group", "groupdel ops"),
        any("message of the day", "wrote over it", "echo 'back at noon' >/etc/motd"),
        any("message of the day", "let everybody write to it", "chmod 666 /etc/motd"),
        any("message of the day", "removed it", "rm /etc/motd"),
        any("no greeting before login", "wrote one", "echo 'Hello, stranger' >/etc/issue.net"),
        any(
            "no debug shell",
            "unmasked it and started it",
            "systemctl unmask debug-shell && systemctl start debug-shell"),
        web("site", "page", "wrote over it", "echo oops >/opt/site/src/index.html"),
        web("site", "page", "removed it", "rm -r /opt/site/src"),
        web("site", "tasks of mise", "removed them", "rm /opt/site/mise.toml"),
        web("site", "packed page", "removed it", "rm -r /opt/site/public"),
        web("server", "service", "cut it short", "truncate -s 30 " + UNITS + "site@.service"),
        web("server", "socket", "wrote over it", "echo '# later' >" + UNITS + "site.socket"),
        web("server", "listens", "stopped it", "systemctl stop site.socket"),
        web("server", "listens", "disabled it", "systemctl disable site.socket"),
        web("server", "listens", "masked it", "systemctl mask --now site.socket"),
        db("ledger", "data directory", "let everybody in", "chmod 777 /var/lib/ledger"),
        db("ledger", "settings", "changed a number", "sed -i s/100/10/ /etc/ledger/ledger.conf"),
        db("ledger", "settings", "let everybody read", "chmod 644 /etc/ledger/ledger.conf"),
        db("ledger", "runs", "killed it", killed("ledger.service")),
        db("ledger", "runs", "masked it", "systemctl mask --now ledger.service"),
        db("backup", "timer", "removed it", "rm " + UNITS + "ledger-backup.timer"),
        db("backup", "every night", "disabled it", "systemctl disable --now ledger-backup.timer"),
        worker("tasks of mise", "removed them", "rm /opt/worker/mise.toml"),
        worker("job", "removed it", "rm -r /opt/worker/bin"),
        worker("job", "brought an old one", "sed -i s/2/1/ /opt/worker/bin/job"),
        worker("service", "let everybody write", "chmod 666 " + UNITS + "queue@.service"),
        worker("mails", "stopped it", "systemctl stop queue@mails.service"),
        worker("mails", "masked it", "systemctl mask --now queue@mails.service"),
        worker("invoices", "killed it", killed("queue@invoices.service")),
        worker("invoices", "disabled it", "systemctl disable queue@invoices.service"));
  }

  private static Damage any(String step, String words, String script) {
    return new Damage(Optional.empty(), "baseline", step, words, script);
  }

  private static Damage web(String task, String step, String words, String script) {
    return new Damage(Optional.of(Role.WEB), task, step, words, script);
  }

  private static Damage db(String task, String step, String words, String script) {
    return new Damage(Optional.of(Role.DB), task, step, words, script);
  }

  private static Damage worker(String step, String words, String script) {
    return new Damage(Optional.of(Role.WORKER), "queues", step, words, script);
  }

  /** It is down when this ends. */
  private static String killed(String unit) {
    return "systemctl kill --signal=KILL %1$s; while systemctl -q is-active %1$s; do sleep 0.1; done"
        .formatted(unit);
  }

  boolean canBeDoneTo(FleetHost host) {
    return role.isEmpty() || role.get() == host.role();
  }
}
