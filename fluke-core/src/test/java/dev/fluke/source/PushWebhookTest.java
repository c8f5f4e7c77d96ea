package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.source.PushWebhook.Answer;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Announcements of pushes: who may wake the poll. */
class PushWebhookTest {
  private static final String SECRET = "canary-a secret";
  private static final byte[] BODY = "{\"ref\":\"refs/heads/main\"}".getBytes(UTF_8);
  private static final Instant NOW = Instant.parse("2025-03-13T14:22:01Z");
  private static final long SENT = NOW.getEpochSecond();

  private final AtomicInteger woken = new AtomicInteger();
  private final PushWebhook hook =
      PushWebhook.signedWith(Secret.of(SECRET), woken::incrementAndGet);

  /** Who sends. */
  enum Sender {
    GITHUB("X-Hub-Signature-256", "sha256="),
    GITEA("X-Gitea-Signature", ""),
    FORGEJO("X-Forgejo-Signature", ""),
    GITLAB("X-Gitlab-Token", null),
    STANDARD("webhook-signature", null);

    private final String header;
    private final String prefix;

    Sender(String header, String prefix) {
      this.header = header;
      this.prefix = prefix;
    }

    Map<String, List<String>> sign(String secret, byte[] body, long at) {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      switch (this) {
        case GITLAB -> headers.put(header, List.of(secret));
        case STANDARD -> {
          headers.put("webhook-id", List.of("msg_1"));
          headers.put("webhook-timestamp", List.of(String.valueOf(at)));
          byte[] signed = ("msg_1." + at + "." + new String(body, UTF_8)).getBytes(UTF_8);
          headers.put(
              header,
              List.of(
                  "v1,"
                      + Base64.getEncoder().encodeToString(hmac(secret.getBytes(UTF_8), signed))));
        }
        case GITHUB, GITEA, FORGEJO ->
            headers.put(
                header,
                List.of(prefix + HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), body))));
      }
      return headers;
    }
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What can be wrong with a header. */
  enum Fault {
    RIGHT,
    UPPER_CASE_NAME,
    OTHER_SECRET,
    MISSING,
    EMPTY,
    TRUNCATED,
    OTHER_BODY,
    SHA_1_ONLY,
    TWICE,
    ONE_RIGHT_OTHER_WRONG,
    STALE;

    Map<String, List<String>> in(Sender sender) {
      Map<String, List<String>> headers = sender.sign(SECRET, BODY, SENT);
      String value = headers.get(sender.header).get(0);
      switch (this) {
        case RIGHT -> {
          // as it is
        }
        case UPPER_CASE_NAME -> {
          headers.remove(sender.header);
          headers.put(sender.header.toUpperCase(Locale.ROOT), List.of(value));
        }
        case OTHER_SECRET -> headers.putAll(sender.sign("another", BODY, SENT));
        case MISSING -> headers.remove(sender.header);
        case EMPTY -> headers.put(sender.header, List.of(""));
        case TRUNCATED ->
            headers.put(sender.header, List.of(value.substring(0, value.length() - 1)));
        case OTHER_BODY ->
            headers.putAll(
                sender == Sender.GITLAB
                    ? Map.of(sender.header, List.of("x"))
                    : sender.sign(SECRET, "{}".getBytes(UTF_8), SENT));
        case SHA_1_ONLY -> {
          headers.remove(sender.header);
          headers.put("X-Hub-Signature", List.of("sha1=" + "0".repeat(40)));
        }
        case TWICE -> headers.put(sender.header, List.of(value, value));
        case ONE_RIGHT_OTHER_WRONG ->
            headers.put(
                sender == Sender.GITEA ? "X-Hub-Signature-256" : "X-Gitea-Signature",
                List.of("0".repeat(64)));
        case STALE -> headers.putAll(sender.sign(SECRET, BODY, SENT - 301));
      }
      return headers;
    }

    boolean isFine(Sender sender) {
      return this == RIGHT
          || this == UPPER_CASE_NAME
          || (this == STALE && sender != Sender.STANDARD);
    }
  }

  static Stream<Arguments> matrix() {
    return Stream.of(Sender.values())
        .flatMap(sender -> Stream.of(Fault.values()).map(fault -> Arguments.of(sender, fault)));
  }

  @Tag("W06")
  @Tag("R10")
  @ParameterizedTest
  @MethodSource("matrix")
  void wakesForTheRightSignatureAndGivesOneAnswerToAllOthers(Sender sender, Fault fault) {
    Answer answer = hook.receive(fault.in(sender), BODY, NOW);

    assertThat(answer).isEqualTo(fault.isFine(sender) ? Answer.ACCEPTED : Answer.REFUSED);
    assertThat(answer.status()).isEqualTo(fault.isFine(sender) ? 202 : 401);
    assertThat(woken).hasValue(fault.isFine(sender) ? 1 : 0);
  }

  @Tag("W06")
  @Test
  void hexadecimalInUpperCaseIsFine() {
    Map<String, List<String>> headers = new TreeMap<>();
    Sender.GITHUB
        .sign(SECRET, BODY, SENT)
        .forEach(
            (name, values) ->
                headers.put(
                    name,
                    List.of("sha256=" + values.get(0).substring(7).toUpperCase(Locale.ROOT))));

    assertThat(hook.receive(headers, BODY, NOW)).isEqualTo(Answer.ACCEPTED);
  }

  @Tag("W06")
  @Test
  void anEmptySecretRefusesEverybody() {
    PushWebhook open = PushWebhook.signedWith(Secret.from(() -> ""), woken::incrementAndGet);

    assertThat(open.receive(Map.of("X-Gitlab-Token", List.of("")), BODY, NOW))
        .isEqualTo(Answer.REFUSED);
    assertThat(open.receive(Map.of(), BODY, NOW)).isEqualTo(Answer.REFUSED);
    assertThat(woken).hasValue(0);
  }

  @Tag("W07")
  @Test
  void aBodyOverOneMebibyteIsNotLookedAt() {
    byte[] large = new byte[1024 * 1024 + 1];

    assertThat(hook.receive(Sender.GITHUB.sign(SECRET, large, SENT), large, NOW).status())
        .isEqualTo(413);
  }

  @Tag("W07")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'repository':{'clone_url':'https://git.example.com/team/Infra.git'}}",
        "{'repository': {'id': 7, 'ssh_url': 'git@other.name:team/infra.git', 'clone_url': 'x'}}",
        "{'repository':{'git_url':'git://git.example.com/team/infra/'}}",
        "{'project':{'git_http_url':'https:\\/\\/git.example.com\\/team\\/infra.git'}}",
        "{'project':{'git_ssh_url':'ssh://git@git.example.com:2222/team/infra.git'}}",
        "{'commits':[{'message':'say \\'clone_url\\': \\'https://h/other.git\\''}]}",
        "{'repository':{'clone_url':7}}",
        "payload=no+JSON+at+all",
        ""
      })
  void aPushToTheRepositoryOrToOneThatIsNotNamedWakes(String body) {
    assertThat(toInfra(body)).isEqualTo(Answer.ACCEPTED);
    assertThat(woken).hasValue(1);
  }

  @Tag("W07")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'repository':{'clone_url':'https://git.example.com/team/infra2.git'}}",
        "{'repository':{'clone_url':'https://git.example.com/infra.git','ssh_url':'git@h:infra'}}",
        "{'project':{'git_ssh_url':'git@git.example.com:other/infra.git'},'x':'team/infra'}"
      })
  void aPushToAnotherRepositoryIsAcceptedAndDoesNothing(String body) {
    assertThat(toInfra(body)).isEqualTo(Answer.IGNORED);
    assertThat(toInfra(body).status()).isEqualTo(202);
    assertThat(woken).hasValue(0);
  }

  @Tag("W07")
  @Test
  void pushesToSeveralRepositoriesCanWake() {
    byte[] body = "{\"ssh_url\":\"git@h:apps/shop.git\"}".getBytes(UTF_8);
    PushWebhook infra = hook.forRepository("https://git.example.com/team/infra");

    for (String other : List.of("git@git.example.com:apps/shop", "file:///srv/copy.git")) {
      assertThat(
              infra.forRepository(other).receive(Sender.GITEA.sign(SECRET, body, SENT), body, NOW))
          .isEqualTo(Answer.ACCEPTED);
    }
  }

  private Answer toInfra(String text) {
    byte[] body = text.replace('\'', '"').getBytes(UTF_8);
    return hook.forRepository("https://git.example.com/team/infra.git")
        .receive(Sender.GITHUB.sign(SECRET, body, SENT), body, NOW);
  }

  @Test
  void aSecretCanBeReplacedWithoutAGap() {
    PushWebhook both = hook.orSignedWith(Secret.of("canary-new"));

    assertThat(both.receive(Sender.GITEA.sign("canary-new", BODY, SENT), BODY, NOW))
        .isEqualTo(Answer.ACCEPTED);
    assertThat(both.receive(Sender.GITEA.sign(SECRET, BODY, SENT), BODY, NOW))
        .isEqualTo(Answer.ACCEPTED);
    assertThat(both.receive(Sender.GITEA.sign("old", BODY, SENT), BODY, NOW))
        .isEqualTo(Answer.REFUSED);
  }

  /** The example of the specification (standard-webhooks.md, "Signature scheme"). */
  @Test
  void theExampleOfTheSpecificationIsRight() {
    PushWebhook standard =
        PushWebhook.signedWith(
            Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), woken::incrementAndGet);
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of("msg_p5jXN8AQM9LWM0D4loKWxJek"),
            "webhook-timestamp", List.of("1614265330"),
            "webhook-signature",
                List.of("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,bm9ldHU="));
    byte[] body = "{\"test\": 2432232314}".getBytes(UTF_8);

    assertThat(standard.receive(headers, body, Instant.ofEpochSecond(1614265330)))
        .isEqualTo(Answer.ACCEPTED);
  }
}
