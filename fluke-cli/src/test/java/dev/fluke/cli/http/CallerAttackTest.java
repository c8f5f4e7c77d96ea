package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.access.Credentials.Token;
import dev.fluke.cli.access.Right;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.event.Event;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Strangers, and callers who want more than they may, against the real server. */
@Tag("attack")
class CallerAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final String TOKEN = "canary-0123456789abcdef0123456789abcdef";
  private static final String READER = "reader-0123456789abcdef0123456789abcdef";
  private static final Token OF_WEB = Token.of(TOKEN, TwoTeams.WEB);

  private static TwoTeams teams;
  private static HttpServer server;

  @BeforeAll
  static void serve() throws Exception {
    teams = new TwoTeams();
    teams.reconciler.cycle();
    Caller reader = new Caller("reader", Set.of(Right.READ), TwoTeams.ADMIN.on());
    Credentials credentials = new Credentials(List.of(OF_WEB, Token.of(READER, reader)), List.of());
    server =
        HttpServer.start(new HttpConfig("127.0.0.1", 0, credentials, Optional.empty()), teams.api);
  }

  @AfterAll
  static void stop() {
    server.close();
    teams.close();
  }

  private static String sent(String request) throws Exception {
    int port = URI.create(server.url()).getPort();
    try (Socket socket = ManyAddresses.connect(port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String get(String path, String... headers) throws Exception {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return sent("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines + "\r\n");
  }

  private static String post(String token, String path, String body) throws Exception {
    return sent(
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, token, body.length(), body.replace('\'', '"')));
  }

  private static void report(String attack, int tries, int successes) {
    System.out.printf("attack\t%s\t%d\t%d%n", attack, tries, successes);
    assertThat(successes).as(attack).isZero();
  }

  @Test
  void letsNobodyInWithoutTheToken() throws Exception {
    List<String> guesses =
        new ArrayList<>(
            List.of(
                "Authorization: Bearer " + OF_WEB.sha256(),
                "Authorization: Bearer",
                "Authorization: " + TOKEN,
                "Authorization: Basic " + TOKEN,
                "Authorization: Bearer " + TOKEN.toUpperCase(Locale.ROOT),
                "Authorization: Bearer " + TOKEN + "\0",
                "Authorization: Bearer " + TOKEN + ", Bearer " + TOKEN,
                "Authorization: Bearer " + TOKEN + "\r\nAuthorization: Bearer " + TOKEN,
                "Authorization: Bearer web",
                "Authorization: Bearer null",
                "X-Authorization: Bearer " + TOKEN,
                "Cookie: token=" + TOKEN,
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-User: web"));
    Random random = new Random(7);
    while (guesses.size() < TRIES) {
      char[] guess = TOKEN.toCharArray();
      guess[random.nextInt(guess.length)] ^= (char) (1 << random.nextInt(7));
      guesses.add("Authorization: Bearer " + new String(guess).replaceAll("[^!-~]", "x"));
    }
    int successes = 0;
    for (String guess : guesses) {
      successes += get("/v1/agents", guess).startsWith("HTTP/1.1 200") ? 1 : 0;
      successes += get("/v1/agents?token=" + TOKEN, "X: y").contains(" 200 ") ? 1 : 0;
    }
    assertThat(get("/v1/agents", "Authorization: Bearer " + TOKEN)).contains("web-01");
    report("token-guess", 2 * guesses.size(), successes);
  }

  @Test
  void letsNobodyReachPastASelector() throws Exception {
    int tries = 0;
    int successes = 0;
    int acted = teams.other.acted().size();
    for (String body : beyond()) {
      for (String path : List.of("/v1/plan", "/v1/reconcile")) {
        String response = post(TOKEN, path, body);
        tries++;
        boolean says = TwoTeams.SECRETS.stream().anyMatch(word -> leaks(response, word, body));
        successes += says || teams.other.acted().size() > acted ? 1 : 0;
      }
    }
    report("scope-beyond", tries, successes);
  }

  /** A word that the request itself contained is no news. */
  private static boolean leaks(String response, String word, String body) {
    return response.contains(word) && !body.contains(word);
  }

  private static List<String> beyond() {
    List<String> bodies = new ArrayList<>();
    for (String scope :
        List.of(
            "'all':true",
            "'task':'motd'",
            "'task':'vault-backup'",
            "'agent':'hidden-01'",
            "'agent':'hidden-1'",
            "'agent':'h'",
            "'agent':'HIDDEN-01'",
            "'agent':'hidden-01','selector':{'team':'web'}",
            "'agent':'web-01','task':'vault-backup'",
            "'selector':{'team':'vault'}",
            "'selector':{'zebra':'1'}",
            "'selector':{'zebr':'1'}",
            "'agent':'web-01','selector':{'zebr':'1'}",
            "'agent':'web-01','agent':'hidden-01'",
            "'agent':['hidden-01']",
            "'agent':'web-01','on':{'all':true}")) {
      bodies.add("{" + scope + "}");
      bodies.add("{" + scope + ",'force':true}");
    }
    return bodies;
  }

  @Test
  void letsNobodyActInAnotherName() throws Exception {
    int tries = 0;
    for (String more :
        List.of(
            "'actor':'root'",
            "'Actor':'root'",
            "'by':'root'",
            "'on_behalf_of':'x\\u0022,\\u0022actor\\u0022:\\u0022root'",
            "'on_behalf_of':'root'",
            "'reason':'actor=root'")) {
      post(TOKEN, "/v1/reconcile", "{'task':'site'," + more + "}");
      tries++;
    }
    long forged =
        teams.reconciler.events("", 1000).stream()
            .filter(event -> event.type().equals("manual_run"))
            .map(event -> event.field("actor").orElse(""))
            .filter(actor -> !actor.equals("web"))
            .count();
    assertThat(teams.reconciler.events("", 1000)).extracting(Event::type).contains("manual_run");
    report("forged-actor", tries, (int) forged);
  }

  @Test
  void letsAReaderChangeNothing() throws Exception {
    int before = teams.other.acted().size() + teams.web.acted().size();
    int successes = 0;
    List<String> pages =
        List.of("/v1/reconcile", "/v1/plan", "/v1/%72econcile", "/v1/reconcile?force=true");
    for (String page : pages) {
      successes += post(READER, page, "{'all':true}").startsWith("HTTP/1.1 403") ? 0 : 1;
    }
    int acted = teams.other.acted().size() + teams.web.acted().size() - before;
    report("reader-acts", pages.size(), successes + acted);
  }
}
