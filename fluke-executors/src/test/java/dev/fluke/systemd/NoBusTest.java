package dev.fluke.systemd;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.hosts.Journal;
import dev.fluke.hosts.RealHost;
import dev.fluke.hosts.SystemdHosts;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.request.Scope;
import dev.fluke.transport.Transport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hosts whose systemd can't be asked, or not told. */
@Tag("slow")
@Tag("X08")
class NoBusTest {
  @RegisterExtension static final SystemdHosts hosts = new SystemdHosts();

  private static Reconciler reconciler(Transport way, Systemd declared) {
    Task task = Task.named("t").on(everyAgent()).step("unit", declared).build();
    return Reconciler.builder().agent(Agent.named("a", way)).manifest(Manifest.of(task)).build();
  }

  private static void isUnknown(Transport way, Systemd declared, String why) {
    Journal journal = new Journal(way);
    try (Reconciler reconciler = reconciler(journal, declared)) {
      for (int i = 0; i < 2; i++) {
        CycleReport report = reconciler.cycle();
        assertThat(report.task("t").on("a").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.task("t").on("a").steps().get(0).message())
            .startsWith("can't tell: " + why);
      }
      assertThat(journal.acted()).isEmpty();
    }
  }

  @Test
  void reportsUnknownWithoutABus() {
    RealHost host = hosts.host(6);
    host.sh("systemctl stop dbus.socket dbus.service");
    try {
      isUnknown(host.as("fluke"), Systemd.unit("cron.service"), "no bus: Failed to connect to bus");
    } finally {
      host.sh("systemctl start dbus.socket dbus.service");
    }
  }

  @Test
  void reportsUnknownOnAHostWithoutSystemdAsInit() {
    isUnknown(
        Transport.throughShell("chroot", hosts.host(6).files().toString(), "/bin/sh"),
        Systemd.unit("cron.service"),
        "this host was not booted with systemd: System has not been booted with systemd");
  }

  @Test
  void reportsUnknownOnAHostWithoutSystemctl() {
    RealHost host = hosts.host(6);
    host.sh("mv /usr/bin/systemctl /usr/bin/away");
    try {
      isUnknown(host.as("root"), Systemd.unit("cron.service"), "no systemctl on this host: ");
    } finally {
      host.sh("mv /usr/bin/away /usr/bin/systemctl");
    }
  }

  @Test
  void namesTheUserWhoseManagerDoesNotRun() {
    RealHost host = hosts.host(6);
    host.sh("useradd -m away");
    isUnknown(
        host.as("root"),
        Systemd.unit("x.service").ofUser("away"),
        "no bus: Failed to connect to bus: No such file or directory; the manager of user away does"
            + " not run: loginctl enable-linger away");
  }

  /** As somebody would who has nothing but the messages to go by. */
  @Test
  void namesEachSudoersLineThatIsMissing() {
    RealHost host = hosts.host(6);
    host.unit(
        "lines.service", "[Service]\nExecStart=sleep infinity\n[Install]\nWantedBy=basic.target");
    host.sh("systemctl daemon-reload; systemctl mask -q lines.service");
    try (Reconciler reconciler = reconciler(host.as("fluke"), Systemd.unit("lines.service"))) {
      int added = 0;
      CycleReport report = reconciler.reconcile(Scope.all());
      while (report.task("t").on("a").outcome() == Outcome.FAILED && added < 5) {
        String message = report.task("t").on("a").steps().get(0).message();
        assertThat(message)
            .startsWith("not begun: sudo: ")
            .contains("; in sudoers: fluke ALL=(root)");
        host.sh(
            "echo '"
                + message.split("; in sudoers: ", -1)[1]
                + "' >>/etc/sudoers.d/lines; chmod 440 /etc/sudoers.d/lines; visudo -cq");
        added++;
        report = reconciler.reconcile(Scope.all());
      }
      assertThat(report.task("t").on("a").outcome()).isEqualTo(Outcome.REMEDIATED);
      assertThat(added).as("unmask, enable, start").isEqualTo(3);
    }
  }

  @Test
  void worksOnAHostWhoseBootIsDegraded() throws Exception {
    RealHost host = hosts.host(5);
    host.unit("down.service", "[Service]\nType=exec\nExecStart=false");
    host.sh("systemctl daemon-reload; systemctl start down.service || :");
    host.until("systemctl is-system-running | grep -q degraded");
    try (Reconciler reconciler = reconciler(host.as("fluke"), Systemd.unit("ssh.service"))) {
      assertThat(reconciler.cycle().task("t").on("a").outcome()).isEqualTo(Outcome.IN_SYNC);
    }
  }
}
