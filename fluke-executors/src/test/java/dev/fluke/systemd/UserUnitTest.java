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
import dev.fluke.report.Outcome;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Units of a user's own manager. */
@Tag("slow")
class UserUnitTest {
  @RegisterExtension static final SystemdHosts hosts = new SystemdHosts();

  private RealHost host;

  @BeforeEach
  void user() throws Exception {
    host = hosts.host(4);
    host.sh("id app 2>/dev/null || useradd -m app; loginctl enable-linger app");
    host.until("test -S /run/user/$(id -u app)/bus");
    host.file("/etc/sudoers.d/app", "fluke ALL=(app) NOPASSWD: ALL");
    host.sh("chmod 440 /etc/sudoers.d/app");
  }

  /** Runs systemctl as that user, by hand. */
  private String byHand(String user, String words) {
    return host.tried("systemctl --user -M " + user + "@.host " + words).stdout().strip();
  }

  private void heals(String login, String user) {
    host.sh("install -d -o " + user + " /home/" + user + "/.config/systemd/user");
    host.file(
        "/home/" + user + "/.config/systemd/user/mine.service",
        "[Service]\nExecStart=sleep infinity\n[Install]\nWantedBy=default.target");
    host.sh("chown -R " + user + ": /home/" + user + "/.config");
    byHand(user, "daemon-reload");
    byHand(user, "disable --now mine.service");
    Journal way = new Journal(host.as(login));
    Systemd declared = Systemd.unit("mine.service").ofUser(user);
    Task task = Task.named("t").on(everyAgent()).step("unit", declared).build();
    try (Reconciler reconciler =
        Reconciler.builder().agent(Agent.named("a", way)).manifest(Manifest.of(task)).build()) {
      assertThat(reconciler.cycle().task("t").on("a"))
          .satisfies(
              report ->
                  assertThat(report.outcome())
                      .as("%s", report.steps())
                      .isEqualTo(Outcome.REMEDIATED));
      assertThat(byHand(user, "is-active mine.service")).isEqualTo("active");
      assertThat(byHand(user, "is-enabled mine.service")).isEqualTo("enabled");
      way.clear();
      assertThat(reconciler.cycle().task("t").on("a").outcome()).isEqualTo(Outcome.IN_SYNC);
      assertThat(way.acted()).isEmpty();
    }
  }

  private void refuses(Systemd declared, String said) {
    Task task = Task.named("t").on(everyAgent()).step("unit", declared).build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("a", host.as("root")))
            .manifest(Manifest.of(task))
            .build()) {
      var report = reconciler.cycle().task("t").on("a");
      assertThat(report.outcome()).as("%s", report.steps()).isEqualTo(Outcome.FAILED);
      assertThat(report.steps().get(0).message()).contains(said);
    }
  }

  @Test
  void changesNothingOfAUserUnitWhereMaskOrDisableIsImpossible() {
    String text = "[Service]\nExecStart=sleep infinity\n[Install]\nWantedBy=default.target";
    host.file("/home/app/.config/systemd/user/held.service", text);
    host.file("/usr/lib/systemd/user/all.service", text);
    host.sh("chown -R app: /home/app/.config; systemctl --global enable -q all.service");
    byHand("app", "daemon-reload");
    byHand("app", "enable --now held.service");
    byHand("app", "start all.service");

    refuses(
        Systemd.unit("held.service").ofUser("app").masked(),
        "held.service can't be masked: its own file is /home/app/.config/systemd/user/held.service");
    refuses(
        Systemd.unit("all.service").ofUser("app").stopped().disabled(),
        "all.service can't be disabled: it is enabled for all users");

    for (String unit : List.of("held.service", "all.service")) {
      assertThat(byHand("app", "is-active " + unit)).isEqualTo("active");
      assertThat(byHand("app", "is-enabled " + unit)).isEqualTo("enabled");
    }
  }

  @Tag("X07")
  @Test
  void healsUnitsOfAUserByEveryLoginThatMay() {
    for (List<String> each :
        List.of(List.of("root", "app"), List.of("fluke", "app"), List.of("fluke", "fluke"))) {
      heals(each.get(0), each.get(1));
    }
  }
}
