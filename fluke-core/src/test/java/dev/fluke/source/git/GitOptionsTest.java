package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.source.git.GitOptions.Access;
import dev.fluke.source.git.GitOptions.Origin;
import dev.fluke.source.git.GitOptions.Selection;
import dev.fluke.source.git.GitOptions.Timing;
import dev.fluke.source.git.GitOptions.Trust;
import dev.fluke.text.Glob;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options survive each other, whatever their order. */
class GitOptionsTest {
  private static final String URL = "https://git.example.com/infra.git";
  private static final GitCredentials ANN =
      new GitCredentials(Optional.of("ann"), Secret.of("canary"));
  private static final GitTransport WAY = place -> null;
  private static final Path AUTHORITIES = Path.of("ca.pem");
  private static final Path SIGNERS = Path.of("signers");
  private static final Path MIRROR = Path.of("mirror");
  private static final InetSocketAddress PROXY = InetSocketAddress.createUnresolved("proxy", 3128);
  private static final Glob GLOB = Glob.of("*.yaml");
  private static final FetchLimits LIMITS =
      new FetchLimits(Duration.ofSeconds(1), Duration.ofSeconds(2));

  private static final List<UnaryOperator<GitOptions>> EVERY_OPTION =
      List.of(
          options -> options.with(GitRef.tag("v1")),
          options -> options.with(options.selection().directory("fleet/")),
          options -> options.with(options.selection().glob(GLOB)),
          options -> options.with(options.access().credentials(ANN)),
          options -> options.with(options.access().transport(WAY)),
          options -> options.with(options.access().caCertificates(AUTHORITIES)),
          options -> options.with(options.access().proxy(PROXY)),
          options -> options.with(options.access().allowInsecure()),
          options -> options.with(options.trust().allowedSigners(SIGNERS)),
          options -> options.with(options.trust().onlyFastForward()),
          options -> options.with(options.timing().interval(Duration.ofSeconds(5))),
          options -> options.with(options.timing().limits(LIMITS)),
          options -> options.mirror(MIRROR));

  @Test
  void keepsEachOptionWhenAllOthersAreSet() {
    GitOptions expected =
        new GitOptions(
            new Origin(URL, GitRef.tag("v1")),
            new Selection("fleet/", GLOB),
            new Access(ANN, WAY, AUTHORITIES, PROXY, true),
            new Trust(SIGNERS, true),
            new Timing(Duration.ofSeconds(5), LIMITS),
            MIRROR);

    for (int seed = 0; seed < 20; seed++) {
      List<UnaryOperator<GitOptions>> order = new ArrayList<>(EVERY_OPTION);
      Collections.shuffle(order, new Random(seed));
      GitOptions options = GitOptions.of(URL);
      for (UnaryOperator<GitOptions> option : order) {
        options = option.apply(options);
      }

      assertThat(options).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void changesOneOptionAtATime() {
    GitOptions plain = GitOptions.of(URL);

    assertThat(EVERY_OPTION)
        .allSatisfy(option -> assertThat(option.apply(plain)).isNotEqualTo(plain))
        .extracting(option -> option.apply(plain))
        .doesNotHaveDuplicates();
  }

  @Test
  void hasDefaults() {
    GitOptions plain = GitOptions.of(URL);

    assertThat(plain.url()).isEqualTo(URL);
    assertThat(plain.ref()).hasToString("branch 'main'");
    assertThat(plain.selection()).isEqualTo(new Selection("", Glob.DEFAULT));
    assertThat(plain.access().insecure()).isFalse();
    assertThat(plain.trust()).isEqualTo(new Trust(null, false));
    assertThat(plain.timing().interval()).isNull();
    assertThat(plain.timing().limits())
        .isEqualTo(new FetchLimits(Duration.ofSeconds(30), Duration.ofMinutes(5)));
    assertThat(plain.mirror()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/x, true",
    "HTTP://h/x, true",
    "ssh://h/x, false",
    "git@h:x, false",
    "htt, false",
  })
  void knowsWhetherItNeedsAnHttpClient(String url, boolean needed) {
    assertThat(GitOptions.of(url).isOverHttp()).isEqualTo(needed);
  }
}
