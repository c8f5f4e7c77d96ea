package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.access.Credentials.Token;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.shell.Shell;
import dev.fluke.source.PushWebhook;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Good and bad requests to each page of docs/openapi.yaml: a page responds with the statuses that
 * its description lists, and with each of them, save those that {@link #ELSEWHERE} names.
 */
@Tag("attack")
class DocumentedStatusesTest {
  /** Other tests show what comes after much time or many tries. */
  private static final Set<String> ELSEWHERE = Set.of("408", "429", "503");

  private static final String TOKEN = "canary-0123456789abcdef0123456789abcdef";
  private static final String NOTHING = "nothing-0123456789abcdef0123456789abcdef";
  private static final String HOOK = "canary-hook-0123456789abcdef0123456789abcdef";
  private static final String LONG = "x".repeat(20_000);

  private static final Scheduler SCHEDULER = Scheduler.system();
  private static Reconciler reconciler;
  private static HttpServer server;

  @BeforeAll
  static void serve() throws Exception {
    Task task =
        Task.named("here")
            .on(Selector.agent("other"))
            .step("s", Shell.check("true").command("true"))
            .build();
    reconciler =
        Reconciler.builder().agent(Agent.named("here")).manifest(Manifest.of(task)).build();
    reconciler.cycle();
    Credentials credentials =
        new Credentials(
            List.of(
                Token.of(TOKEN, Caller.unrestricted("all")),
                Token.of(NOTHING, new Caller("nothing", Set.of(), Caller.nobody().on()))),
            List.of());
    Api api =
        new Api(
            reconciler, SCHEDULER, Optional.of(PushWebhook.signedWith(Secret.of(HOOK), () -> {})));
    byte[] all = "{\"all\":true}".getBytes(ISO_8859_1);
    api.handle(ApiRequest.of(Caller.unrestricted("all"), "POST", "/v1/plan", all));
    server = HttpServer.start(new HttpConfig("127.0.0.1", 0, credentials, Optional.empty()), api);
  }

  @AfterAll
  static void stop() {
    server.close();
    reconciler.close();
    SCHEDULER.close();
  }

  /** A page with the statuses that its description lists. */
  record Page(String method, String path, Set<String> statuses) {
    /** The path with a name in place of the variable. */
    String with(String name) {
      return path.replaceAll("\\{\\w+\\}", name);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @SuppressWarnings("unchecked") // an OpenAPI description is mappings of mappings
  static Stream<Page> pages() throws IOException {
    Map<String, Object> description =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(Path.of("..", "docs", "openapi.yaml")));
    List<Page> pages = new ArrayList<>();
    ((Map<String, Map<String, Map<String, Map<String, ?>>>>) description.get("paths"))
        .forEach(
            (path, methods) ->
                methods.forEach(
                    (method, page) ->
                        pages.add(
                            new Page(
                                method.toUpperCase(Locale.ROOT),
                                path,
                                new TreeSet<>(page.get("responses").keySet())))));
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void respondsWithEachDocumentedStatusAndNoOther(Page page) throws Exception {
    TreeSet<String> seen = new TreeSet<>();
    for (String request : requests(page)) {
      String response = sent(request);
      String shown = request.substring(0, Math.min(200, request.length())) + " got " + response;
      assertThat(response).as(shown).startsWith("HTTP/1.1 ");
      String status = response.substring(9, 12);
      seen.add(status);
      assertThat(page.statuses()).as(shown).contains(status);
      assertThat(response).as(shown).doesNotContain("Exception", "\tat ", "canary", "jetty");
      assertThat(response.length()).as(shown).isLessThan(20_000);
    }
    TreeSet<String> listed = new TreeSet<>(page.statuses());
    listed.removeAll(ELSEWHERE);
    seen.removeAll(ELSEWHERE);
    assertThat(seen).isEqualTo(listed);
  }

  private static String sent(String request) throws IOException {
    int port = URI.create(server.url()).getPort();
    try (Socket socket = ManyAddresses.connect(port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static List<String> requests(Page page) {
    List<String> all = new ArrayList<>();
    String name = page.path().contains("runs") ? "1" : "here";
    all.addAll(good(page, name));
    all.addAll(ofMethodsAndCallers(page, name));
    all.addAll(ofTargets(page));
    all.addAll(ofHeaders(page, name));
    if (page.method().equals("POST")) {
      bodies().forEach(body -> all.add(request("POST", page.path(), body, "")));
    }
    return all;
  }

  private static String request(String method, String target, String body, String headers) {
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(method, target, TOKEN, headers, body.length(), body);
  }

  private static List<String> good(Page page, String name) {
    return List.of(
        request(
            page.method(),
            page.with(name),
            page.method().equals("POST") ? "{\"all\":true}" : "",
            "X-Gitlab-Token: " + HOOK + "\r\n"));
  }

  private static List<String> ofMethodsAndCallers(Page page, String name) {
    List<String> all = new ArrayList<>();
    for (String method :
        List.of(
            "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get", "X".repeat(99))) {
      all.add(request(method, page.with(name), "", ""));
    }
    String good = request(page.method(), page.with(name), "{}", "");
    all.add(good.replaceFirst("Authorization.*\r\n", ""));
    all.add(good.replace(TOKEN, TOKEN + "x"));
    all.add(good.replace(TOKEN, NOTHING));
    return all;
  }

  private static List<String> ofTargets(Page page) {
    List<String> all = new ArrayList<>();
    for (String name :
        List.of(
            "%zz",
            "%",
            "%ff",
            "%c0%80",
            "%00",
            "a%00b",
            "%u0041",
            "..%2f..",
            "a;b=c",
            "x%2e",
            "%f0%9f%98%80",
            "\u00fc",
            "%0d%0aX:y",
            "x".repeat(8_000),
            "9".repeat(400))) {
      all.add(request(page.method(), page.with("none") + "?agent=" + name + "&limit=1", "{}", ""));
      if (page.path().contains("{")) {
        all.add(request(page.method(), page.with(name), "", ""));
      }
    }
    for (String limit : List.of("0", "-1", "1e9", "99999999999999999999", "", "NaN", "0x10")) {
      all.add(request(page.method(), page.with("none") + "?limit=" + limit, "{}", ""));
    }
    all.add(request(page.method(), page.with("none") + "?" + LONG, "{}", ""));
    all.add(request(page.method(), page.with("none") + "#f", "{}", ""));
    all.add(request(page.method(), page.with("none") + " x", "{}", ""));
    return all;
  }

  private static List<String> ofHeaders(Page page, String name) {
    String good = request(page.method(), page.with(name), "{}", "");
    return List.of(
        good.replace("HTTP/1.1", "HTTP/3.0"),
        good.replace("HTTP/1.1", "HTTP/1.0"),
        good.replace("HTTP/1.1", "FTP/1.1"),
        good.replace("Host: 127.0.0.1\r\n", ""),
        good.replace("Host: 127.0.0.1", "Host: a b"),
        good.replace("Content-Length: 2", "Content-Length: -1"),
        good.replace("Content-Length: 2", "Content-Length: 99999999999999999999"),
        good.replace("Content-Length: 2", "Content-Length: 2\r\nContent-Length: 3"),
        good.replace("Content-Length: 2", "Content-Length: 2\r\nTransfer-Encoding: chunked"),
        good.replace("Content-Length: 2", "Transfer-Encoding: gzip"),
        good.replace("Content-Length: 2", "Transfer-Encoding: chunked").replace("{}", "zz\r\n"),
        good.replace("Content-Length: 2", "Content-Length: 2\r\nContent-Encoding: gzip"),
        good.replace("Content-Length: 2", "Content-Length: 2\r\nExpect: nothing"),
        good.replace("Content-Length: 2", "Content-Length: 2\r\nX: " + LONG),
        good.replace("Content-Length: 2", "Content-Length: 2\r\nX\0: y"),
        good.replace("Content-Length: 2", "Content-Length: 2\r\n folded: y"),
        request(page.method(), page.with(name), " ".repeat(2 * 1024 * 1024), ""));
  }

  private static List<String> bodies() {
    List<String> all = new ArrayList<>(List.of("", "null", "[]", "7", "{", "\0", "\u00ff\u00fe{"));
    for (String key :
        List.of(
            "task", "agent", "selector", "all", "force", "reason", "on_behalf_of", "actor", "x")) {
      for (String value :
          List.of(
              "null", "7", "1e999999", "true", "[]", "{}", "{\"a\":null}", "\"\"", "\"\\ud800\"")) {
        all.add("{\"" + key + "\":" + value + "}");
        all.add("{\"all\":true,\"" + key + "\":" + value + "}");
      }
      all.add("{\"" + key + "\":\"" + "y".repeat(100_000) + "\"}");
    }
    all.add("{\"agent\":\"none\"}");
    all.add("{\"task\":\"none\"}");
    all.add("{\"a\":".repeat(100_000));
    all.add("{\"all\":" + "9".repeat(500_000) + "}");
    return all;
  }

  @Test
  void requiresJsonToStartARun() throws Exception {
    for (String type : List.of("text/plain", "application/json; charset=utf-16", "")) {
      String response =
          sent(
              request("POST", "/v1/reconcile", "{\"all\":true}", "")
                  .replace("application/json", type));
      assertThat(response).as(type).startsWith("HTTP/1.1 415 ");
    }
  }
}
