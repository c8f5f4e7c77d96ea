package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A Git server, or who answers for a name, makes Fluke connect where it must not: to a canary on
 * this machine, to link-local addresses and to metadata services, in each form of an address.
 */
@Tag("attack")
@Tag("W04")
class GitRedirectAttackTest {
  private static final List<String> LOOPBACK =
      List.of(
          "127.0.0.1",
          "127.1",
          "127.0.0.1.",
          "2130706433",
          "0x7f.0.0.1",
          "0x7f000001",
          "017700000001",
          "localhost",
          "LOCALHOST",
          "localhost.",
          "0.0.0.0",
          "0",
          "[::1]",
          "[::]",
          "[::ffff:127.0.0.1]",
          "[::127.0.0.1]",
          "[::ffff:0:7f00:1]",
          "[64:ff9b::7f00:1]",
          "[2002:7f00:1::]",
          "[2001:0:7f00:1:0:0:3fff:fdfe]",
          "[2001:db8::5efe:7f00:1]");
  private static final List<String> FORBIDDEN =
      List.of(
          "169.254.169.254",
          "2852039166",
          "0xa9fea9fe",
          "0251.0376.0251.0376",
          "169.254.43518",
          "100.100.100.200",
          "[fe80::1]",
          "[fd00:ec2::254]",
          "[::ffff:169.254.169.254]",
          "[64:ff9b::a9fe:a9fe]",
          "[2002:a9fe:a9fe::]",
          "[2001:db8::5efe:a9fe:a9fe]");

  private CanaryNetwork network;

  @BeforeEach
  void listen() throws Exception {
    network = new CanaryNetwork();
  }

  @AfterEach
  void stop() {
    network.close();
  }

  /** Polls once, which must fail: no server has a repository. */
  private Throwable poll(String url) {
    GitSource source = GitSource.at(url).insecure();
    ManifestReader reader = ManifestReader.of(new PairKind());
    try (Scheduler scheduler = Scheduler.system();
        ManifestSource.Feed feed = source.open(scheduler, reader, network)) {
      Throwable failure = catchThrowable(feed::poll);
      assertThat(failure).as(url).isNotNull();
      return failure;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int reached() {
    return network.hits() + network.forbidden.size();
  }

  private void report(String name, int tries) {
    System.out.printf("attack\t%s\t%d\t%d%n", name, tries, reached());
    assertThat(reached()).as(name + " " + network.forbidden).isZero();
  }

  private void redirectEach(List<String> hosts, String start) {
    for (String host : hosts) {
      network.redirectsTo("http://%s:%d".formatted(host, network.canaryPort()));
      poll(start);
    }
  }

  @Test
  void reachesTheCanaryWhereItMay() {
    String canary = "http://localhost:" + network.canaryPort();
    poll(canary + "/x.git");
    assertThat(network.hits()).as("a configured address").isPositive();
    int before = network.hits();
    network.redirectsTo(canary);

    poll("http://127.0.0.1:" + network.redirectingPort() + "/x.git");

    assertThat(network.hits()).as("from this machine to itself").isGreaterThan(before);
  }

  @Test
  void reachesNothingHereFromAnotherHost() {
    network.knows("git.test", "192.0.2.1");
    redirectEach(LOOPBACK, "http://git.test/x.git");
    redirectEach(FORBIDDEN, "http://git.test/x.git");
    report("ssrf-git-redirect", LOOPBACK.size() + FORBIDDEN.size());
  }

  @Test
  void reachesNothingForbiddenFromThisMachine() {
    redirectEach(FORBIDDEN, "http://127.0.0.1:" + network.redirectingPort() + "/x.git");
    report("ssrf-git-redirect-from-loopback", FORBIDDEN.size());
  }

  @Test
  void reachesNothingByANameThatChanges() {
    List<String> answers =
        new ArrayList<>(List.of("127.0.0.1", "::1", "0.0.0.0", "64:ff9b::7f00:1"));
    answers.addAll(List.of("169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200"));
    network.knows("git.test", "192.0.2.1");
    for (String answer : answers) {
      network.redirectsTo("http://bad.test:" + network.canaryPort());
      network.knows("bad.test", answer);
      poll("http://git.test/x.git");
      network.knows("bad.test", "192.0.2.9 " + answer);
      poll("http://git.test/x.git");
      network.knows("bad.test", "192.0.2.9", answer);
      poll("http://git.test/x.git");
      network.redirectsTo("http://git.test:" + network.canaryPort());
      network.knows("git.test", "192.0.2.1", answer);
      poll("http://git.test/x.git");
      network.knows("git.test", "192.0.2.1");
    }
    report("ssrf-git-name", 4 * answers.size());
  }

  @Test
  void reachesNothingForbiddenByTheConfiguredName() {
    List<String> answers =
        List.of("169.254.169.254", "fe80::1", "fd00:ec2::254", "2002:a9fe:a9fe::");
    for (String answer : answers) {
      network.knows("git.test", answer);
      assertThat(poll("http://git.test/x.git")).hasMessageContaining("no repository has one");
      assertThat(poll("https://git.test/x.git")).hasMessageContaining("no repository has one");
      assertThat(poll("git://git.test/x.git")).hasMessageContaining("no repository has one");
    }
    report("ssrf-git-configured", 3 * answers.size());
  }

  @Test
  void followsNoRedirectOfAnotherForm() {
    network.knows("git.test", "192.0.2.1");
    List<String> urls =
        List.of(
            "file:///etc/passwd?",
            "git://127.0.0.1:%d",
            "ftp://127.0.0.1:%d",
            "http://user:canary@127.0.0.1:%d",
            "http://git.test@127.0.0.1:%d",
            "http://git.test#@127.0.0.1:%d",
            "http://git.test\\@127.0.0.1:%d",
            "http://127.0.0.1:%d\\@git.test",
            "http:127.0.0.1:%d",
            "//127.0.0.1:%d",
            "http://[::1%%25lo]:%d");
    for (String url : urls) {
      network.redirectsTo(url.formatted(network.canaryPort()));
      poll("http://git.test/x.git");
    }
    report("ssrf-git-redirect-form", urls.size());
  }
}
