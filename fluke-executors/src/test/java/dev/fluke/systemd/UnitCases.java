package dev.fluke.systemd;

import static dev.fluke.systemd.Case.fails;
import static dev.fluke.systemd.Case.file;
import static dev.fluke.systemd.Case.heals;
import static dev.fluke.systemd.Case.reload;

import dev.fluke.report.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Units of all types, and in all kinds of trouble. */
final class UnitCases {
  private static final String BY_BOOT = "[Install]\nWantedBy=multi-user.target";
  private static final String SLEEPS = "ExecStart=sleep infinity";

  private final String prefix;
  private final List<Case> cases = new ArrayList<>();

  private UnitCases(String prefix) {
    this.prefix = prefix;
  }

  static List<Case> all(String prefix) {
    UnitCases all = new UnitCases(prefix);
    all.types();
    all.names();
    all.crashes();
    all.files();
    all.onTheWay();
    all.refusals();
    return all.cases;
  }

  /** Units whose files lie elsewhere; as a login that is not root, only some of them. */
  static List<Case> files(String prefix, boolean root) {
    UnitCases all = new UnitCases(prefix);
    UnitFileCases files = new UnitFileCases(prefix);
    (root ? files.all() : files.throughSudo()).forEach(all::add);
    return all.cases;
  }

  private Systemd unit(String name) {
    return Systemd.unit(prefix + name);
  }

  private void add(Case one) {
    cases.add(
        new Case(
            one.declared(),
            one.setUp().replaceAll("\\bP-", prefix + "-"),
            one.first(),
            one.said().replaceAll("\\bP-", prefix + "-"),
            one.holds().replaceAll("\\bP-", prefix + "-")));
  }

  private static String isUp(String unit) {
    return "systemctl is-active " + unit + " && systemctl is-enabled " + unit;
  }

  private void types() {
    add(
        heals(
            unit("-a.timer"),
            file("P-a.service", "[Service]", "Type=oneshot", "ExecStart=true")
                + file("P-a.timer", "[Timer]", "OnCalendar=yearly", BY_BOOT)
                + reload(),
            isUp("P-a.timer")));
    add(
        heals(
            unit("-b.socket"),
            file("P-b.service", "[Service]", SLEEPS)
                + file("P-b.socket", "[Socket]", "ListenStream=/run/P-b.sock", BY_BOOT)
                + reload(),
            isUp("P-b.socket") + " && test -S /run/P-b.sock"));
    add(
        heals(
            unit("-c.path"),
            file("P-c.service", "[Service]", SLEEPS)
                + file("P-c.path", "[Path]", "PathExists=/no/such", BY_BOOT)
                + reload(),
            isUp("P-c.path")));
    add(
        heals(
            Systemd.unit("srv-" + prefix + ".mount"),
            "mkdir -p /srv/P-\n".replace("P-", prefix)
                + file("srv-" + prefix + ".mount", "[Mount]", "What=tmpfs", "Type=tmpfs")
                    .replace("[Mount]", "[Mount]\nWhere=/srv/" + prefix)
                    .replace("END\n", "END\n")
                + "printf '[Install]\\nWantedBy=multi-user.target\\n'"
                + (" >>/usr/lib/systemd/system/srv-" + prefix + ".mount\n")
                + reload(),
            "mountpoint /srv/" + prefix));
    add(
        heals(
            unit("-d.service"),
            file(
                    "P-d.service",
                    "[Service]",
                    "Type=oneshot",
                    "RemainAfterExit=yes",
                    "ExecStart=true",
                    BY_BOOT)
                + reload(),
            isUp("P-d.service")));
    add(
        heals(
            unit("-e.service").enabledUnmanaged(),
            file("P-e.service", "[Service]", SLEEPS) + reload(),
            isUp("P-e.service") + " | grep -q static"));
  }

  private void names() {
    add(
        heals(
            unit("-w@1.service"),
            file("P-w@.service", "[Service]", SLEEPS.replace("infinity", "3%i00"), BY_BOOT)
                + reload("systemctl enable -q --now P-w@1.service P-w@2.service")
                + "systemctl disable -q --now P-w@1.service\n",
            isUp("P-w@1.service") + " && " + isUp("P-w@2.service")));
    add(
        heals(
            unit("-other.service"),
            file("P-real.service", "[Service]", SLEEPS, BY_BOOT, "Alias=P-other.service")
                + reload("systemctl enable -q P-real.service"),
            isUp("P-real.service")));
    add(
        heals(
            unit("-l.service"),
            file("/opt/P-l.service", "[Service]", SLEEPS, BY_BOOT)
                + "systemctl link -q /opt/P-l.service\n",
            isUp("P-l.service")));
  }

  private static String crashing(String unit, String... more) {
    String run = "/run/" + unit + ".mended";
    return file(
        unit,
        "[Service]",
        "Type=exec",
        "ExecStart=sh -c 'test -e " + run + " || exit 3; exec sleep infinity'",
        "Restart=always",
        String.join("\n", more),
        BY_BOOT);
  }

  private void crashes() {
    String untilItWaits =
        "systemctl enable -q --now UNIT || :;"
            + " until systemctl show -p SubState UNIT | grep auto-restart; do sleep 0.1; done\n";
    String untilFailed =
        "systemctl enable -q --now UNIT || :; until systemctl is-failed -q UNIT; do sleep 0.1; done\n";
    add(
        heals(
            unit("-f.service"), // its start limit was hit
            crashing("P-f.service", "RestartSec=1ms")
                + reload(
                    untilFailed.replace("UNIT", "P-f.service"), "touch /run/P-f.service.mended"),
            isUp("P-f.service")));
    add(
        heals(
            unit("-g.service"), // waits to be started again
            crashing("P-g.service", "RestartSec=600")
                + reload(
                    untilItWaits.replace("UNIT", "P-g.service"), "touch /run/P-g.service.mended"),
            isUp("P-g.service")));
    add(
        fails(
            unit("-h.service"), // goes on crashing
            crashing("P-h.service", "RestartSec=600")
                + reload(untilItWaits.replace("UNIT", "P-h.service")),
            "is activating (auto-restart)",
            "! systemctl is-active P-h.service"));
    add(
        fails(
            unit("-i.service"), // has no program
            file("P-i.service", "[Service]", "Type=exec", "ExecStart=/no/such", BY_BOOT) + reload(),
            "systemctl start ended with status 1: Job for P-i.service failed",
            "systemctl is-failed P-i.service"));
  }

  private void files() {
    add(
        heals(
            unit("-j.service"), // its file was changed since systemd read it
            file("P-j.service", "[Service]", "ExecStart=sleep 3999", BY_BOOT)
                + reload("systemctl enable -q --now P-j.service", "systemctl stop P-j.service")
                + "sed -i s/3999/infinity/ /usr/lib/systemd/system/P-j.service\n",
            "systemctl show -p ExecStart --value P-j.service | grep infinity"));
    add(
        heals(
            unit("-k.service"),
            file("P-k.service", "[Service]", SLEEPS, BY_BOOT)
                + reload("systemctl mask -q --runtime P-k.service"),
            isUp("P-k.service")));
    add(
        heals(
            unit("-none.service").masked(), // which is not there, and won't be
            "true",
            "systemctl is-enabled P-none.service | grep -qx masked"));
  }

  private void onTheWay() {
    String slow = "ExecStart=sh -c 'sleep SECONDS; systemd-notify --ready; exec sleep infinity'";
    String[] notify = {"[Service]", "Type=notify", "NotifyAccess=all", "TimeoutStartSec=120"};
    add(
        heals(
            unit("-m.service"), // takes its time
            file("P-m.service", String.join("\n", notify), slow.replace("SECONDS", "2"), BY_BOOT)
                + reload(),
            isUp("P-m.service")));
    String standing =
        file("UNIT", String.join("\n", notify), slow.replace("SECONDS", "100"), BY_BOOT)
            + reload("systemctl enable -q UNIT", "systemctl start --no-block UNIT");
    add(
        new Case(
            unit("-n.service"),
            standing.replace("UNIT", "P-n.service"),
            Outcome.UNKNOWN,
            "P-n.service is activating (start), neither running nor stopped",
            "systemctl show -p ActiveState P-n.service | grep activating"));
    add(
        heals(
            unit("-o.service").stopped(),
            standing.replace("UNIT", "P-o.service"),
            "! systemctl is-active P-o.service"));
  }

  private void refusals() {
    add(fails(unit("-p.service"), "true", "no unit P-p.service on this host", "true"));
    add(
        fails(
            unit("-q.service"),
            file("P-q.service", "[Service]", SLEEPS) + reload(),
            "P-q.service can't be enabled: it is static, its file has no [Install] section",
            "! systemctl is-active P-q.service"));
    add(
        fails(
            unit("-r.service"),
            file("P-r.service", "[Service]", SLEEPS, "[Install]", "Also=P-k.service") + reload(),
            "P-r.service can't be enabled: it is indirect, its [Install] section names only other",
            "! systemctl is-active P-r.service"));
    add(
        fails(
            unit("-s.service"),
            file("P-s.service", "[Service]", "Type=oneshot", "ExecStart=touch /run/P-s", BY_BOOT)
                + reload("systemctl enable -q P-s.service"),
            "P-s.service never stays running: it is a oneshot without RemainAfterExit=yes",
            "! test -e /run/P-s"));
    add(
        fails(
            unit("-t.service"),
            file(
                    "P-t.service",
                    "[Unit]",
                    "ConditionPathExists=/no/such",
                    "[Service]",
                    SLEEPS,
                    BY_BOOT)
                + reload(),
            "P-t.service was started, and is inactive (dead) now: a Condition… of its file is not met",
            "! systemctl is-active P-t.service"));
    add(
        fails(
            unit("-u.service").enabledUnmanaged(),
            file("P-u.service", "[Service]", "Type=simple", BY_BOOT) + reload(),
            "P-u.service can't be started: bad-setting",
            "! systemctl is-active P-u.service"));
    add(
        fails(
            unit("-v.service").masked(),
            file("/etc/systemd/system/P-v.service", "[Service]", SLEEPS) + reload(),
            "P-v.service can't be masked: its own file is /etc/systemd/system/P-v.service",
            "test -s /etc/systemd/system/P-v.service"));
    add(
        fails(
            unit("-x.service"),
            "ln -s /dev/null /usr/lib/systemd/system/P-x.service\n" + reload(),
            "P-x.service is still masked after systemctl unmask; remove",
            "! systemctl is-active P-x.service"));
    add(
        fails(
            Systemd.unit("media-" + prefix + ".mount"),
            "mkdir -p /media/PRE; echo 'tmpfs /media/PRE tmpfs noauto 0 0' >>/etc/fstab\n"
                    .replace("PRE", prefix)
                + reload(),
            "can't be enabled: it is generated, its source is another file, such as /etc/fstab",
            "! mountpoint -q /media/" + prefix));
  }
}
