package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SshOptionsTest {
  private static final Secret SECRET = Secret.of("canary-password");
  private static final SshKey KEY = SshKey.inFile(Path.of("/k"), Optional.empty());
  private static final String FINGERPRINT = "SHA256:" + "a".repeat(43);
  private static final Ssh JUMP = Ssh.to("jump");

  /** Sets one option, and reads it. */
  private record Option(UnaryOperator<Ssh> set, Reader reader) {
    interface Reader {
      Object of(SshOptions options);
    }
  }

  private static Map<String, Option> all() {
    Map<String, Option> all = new LinkedHashMap<>();
    all.put("port", new Option(ssh -> ssh.port(2222), o -> o.endpoint().port()));
    all.put("user", new Option(ssh -> ssh.user("deploy"), o -> o.login().user()));
    all.put("key", new Option(ssh -> ssh.key(Path.of("/k")), o -> o.login().keys()));
    all.put("password", new Option(ssh -> ssh.password(SECRET), o -> o.login().password()));
    all.put("agent", new Option(ssh -> ssh.agent(), o -> o.login().agent()));
    all.put(
        "knownHosts",
        new Option(ssh -> ssh.knownHosts(Path.of("/h")), o -> o.trust().knownHosts()));
    all.put("hostKey", new Option(ssh -> ssh.hostKey(FINGERPRINT), o -> o.trust().fingerprint()));
    all.put("acceptNew", new Option(ssh -> ssh.acceptNew(), o -> o.trust().acceptNew()));
    all.put("mac", new Option(ssh -> ssh.mac("hmac-sha1"), o -> o.macs()));
    all.put("through", new Option(ssh -> ssh.through(JUMP), o -> o.jump()));
    all.put(
        "connectingWithin",
        new Option(ssh -> ssh.connectingWithin(Duration.ofSeconds(1)), o -> o.limits().connect()));
    all.put(
        "loggingInWithin",
        new Option(ssh -> ssh.loggingInWithin(Duration.ofSeconds(2)), o -> o.limits().login()));
    all.put(
        "keepAlive",
        new Option(ssh -> ssh.keepAlive(Duration.ofSeconds(3)), o -> o.limits().keepAlive()));
    return all;
  }

  private static final Map<String, Object> SET =
      Map.ofEntries(
          Map.entry("port", 2222),
          Map.entry("user", "deploy"),
          Map.entry("key", List.of(KEY)),
          Map.entry("password", SECRET),
          Map.entry("agent", true),
          Map.entry("knownHosts", List.of(Path.of("/h"))),
          Map.entry("hostKey", FINGERPRINT),
          Map.entry("acceptNew", true),
          Map.entry("mac", List.of("hmac-sha1")),
          Map.entry("through", JUMP.options()),
          Map.entry("connectingWithin", Duration.ofSeconds(1)),
          Map.entry("loggingInWithin", Duration.ofSeconds(2)),
          Map.entry("keepAlive", Duration.ofSeconds(3)));

  @Test
  void keepsEachOptionWhenAnyOtherIsSetAfterIt() {
    Map<String, Option> all = all();
    for (Map.Entry<String, Option> first : all.entrySet()) {
      Ssh ssh = first.getValue().set().apply(Ssh.to("web-01"));
      for (Map.Entry<String, Option> other : all.entrySet()) {
        if (!other.getKey().equals(first.getKey())) {
          ssh = other.getValue().set().apply(ssh);
        }
      }
      for (Map.Entry<String, Option> each : all.entrySet()) {
        assertThat(each.getValue().reader().of(ssh.options()))
            .as("%s, when %s was set first", each.getKey(), first.getKey())
            .isEqualTo(SET.get(each.getKey()));
      }
      assertThat(ssh.options().endpoint().host()).isEqualTo("web-01");
    }
  }

  @Test
  void changesNothingButTheOptionThatIsSet() {
    SshOptions plain = Ssh.to("web-01").options();
    all()
        .forEach(
            (name, option) -> {
              SshOptions set = option.set().apply(Ssh.to("web-01")).options();
              assertThat(set).as(name).isNotEqualTo(plain);
              all().entrySet().stream()
                  .filter(other -> !other.getKey().equals(name))
                  .forEach(
                      other ->
                          assertThat(other.getValue().reader().of(set))
                              .as("%s, when %s was set", other.getKey(), name)
                              .isEqualTo(other.getValue().reader().of(plain)));
            });
  }

  @Test
  void returnsANewValueForEachOptionAndComparesByValue() {
    Secret password = Secret.of("canary-password");
    Ssh plain = Ssh.to("web-01.example.com");
    Ssh full =
        plain
            .port(2222)
            .user("deploy")
            .key(Path.of("/k"), password)
            .password(password)
            .agent()
            .knownHosts(Path.of("/h"))
            .acceptNew()
            .through(Ssh.to("jump"))
            .keepAlive(Duration.ofSeconds(5))
            .connectingWithin(Duration.ofSeconds(1))
            .loggingInWithin(Duration.ofSeconds(2));

    assertThat(plain).isEqualTo(Ssh.to("web-01.example.com")).hasToString(plain.toString());
    assertThat(plain.address()).isEqualTo("web-01.example.com:22");
    assertThat(Ssh.to("::1").address()).isEqualTo("[::1]:22");
    assertThat(full).hasToString("ssh deploy@web-01.example.com:2222").isNotEqualTo(plain);
    assertThat(full.user("deploy")).isEqualTo(full).hasSameHashCodeAs(full);
    assertThat(full.user("other")).isNotEqualTo(full);
    assertThat(full.key(Path.of("/k2"))).isNotEqualTo(full);
    assertThat(full.options().toString()).doesNotContain("canary");
  }

  @Tag("G13")
  @Test
  void refusesWhatCouldBeReadAsAnOption() {
    for (String host : List.of("-oProxyCommand=id", "", "a b", "user@host", "host;id", "a/b")) {
      assertThatThrownBy(() -> Ssh.to(host))
          .hasMessageContaining("is not a host name or IP address");
    }
    for (String user : List.of("-l", "", "a b", "root;id", "$(id)")) {
      assertThatThrownBy(() -> Ssh.to("h").user(user)).hasMessageContaining("is not a user name");
    }
    assertThatThrownBy(() -> Ssh.to("h").port(0))
        .hasMessage("port 0 of h must be between 1 and 65535");
    assertThatThrownBy(() -> Ssh.to("h").keepAlive(Duration.ZERO))
        .hasMessage("the keep-alive interval is PT0S, must be more than zero");
  }
}
