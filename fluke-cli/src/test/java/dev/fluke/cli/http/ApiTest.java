package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.cli.audit.AuditTrail.Act;
import dev.fluke.cli.audit.AuditTrail.Entry;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {
  private final Scheduler scheduler = Scheduler.system();
  private final Reconciler reconciler = Reconciler.builder().manifest(Manifest.empty()).build();
  private final Api api = new Api(reconciler, scheduler, Optional.empty());

  @AfterEach
  void close() {
    reconciler.close();
    scheduler.close();
  }

  private ApiResponse handle(String method, String target, String body) {
    return api.handle(
        ApiRequest.of(Caller.unrestricted("ann"), method, target, body.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET  | /nothing       | 404 | no such page; docs/openapi.yaml lists all pages",
        "GET  | /v1/agents/    | 404 | no agent ''; there is none yet",
        "GET  | /v1/agents/%zz | 400 | in the URL, '%' must be followed by two hexadecimal digits",
        "GET  | /v1/runs/7     | 404 | no run '7'; the latest 200 are kept"
      })
  void explainsErrors(String method, String target, int status, String message) {
    assertThat(handle(method, target, "")).isEqualTo(ApiResponse.error(status, message));
  }

  @Test
  void namesTheAllowedMethod() {
    assertThat(handle("POST", "/v1/status", ""))
        .isEqualTo(ApiResponse.error(405, "this page allows only GET").with("Allow", "GET"));
    assertThat(handle("GET", "/v1/reconcile", ""))
        .isEqualTo(ApiResponse.error(405, "this page allows only POST").with("Allow", "POST"));
  }

  @Test
  void rejectsPushesWithoutAWebhook() {
    assertThat(handle("POST", "/hooks/git", "{}")).isEqualTo(ApiResponse.json(401, Map.of()));
  }

  @Test
  void opensOnlyHealthReadinessAndPushes() {
    assertThat(api.routes())
        .filteredOn(Route::isOpen)
        .extracting(Route::path)
        .containsExactly("/healthz", "/readyz", "/hooks/git");
    assertThat(
            api.isOpen(ApiRequest.of(Caller.unrestricted("ann"), "GET", "/healthz", new byte[0])))
        .isTrue();
    assertThat(
            api.isOpen(ApiRequest.of(Caller.unrestricted("ann"), "GET", "/v1/status", new byte[0])))
        .isFalse();
    assertThat(api.isOpen(ApiRequest.of(Caller.unrestricted("ann"), "GET", "/%zz", new byte[0])))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "     | GET  | /v1/status      |                            | read",
        "plan | GET  | /metrics        |                            | read",
        "read | POST | /v1/plan        | {'all':true}               | plan",
        "plan | POST | /v1/reconcile   | {'all':true}               | reconcile",
        "reconcile | POST | /v1/reconcile | {'agent':'a','force':true} | force",
        "force | GET | /v1/runs/1      |                            | read or plan or reconcile"
      })
  void requiresTheRightOfThePage(
      String has, String method, String path, String body, String right) {
    Set<Right> rights =
        has == null ? Set.of() : Set.of(Right.valueOf(has.toUpperCase(Locale.ROOT)));
    byte[] bytes = body == null ? new byte[0] : body.replace('\'', '"').getBytes(UTF_8);
    Caller caller = new Caller("ci", rights, Selector.everyAgent());

    assertThat(api.handle(ApiRequest.of(caller, method, path, bytes)))
        .isEqualTo(ApiResponse.error(403, "'ci' has no right to " + right));
  }

  private static Entry entry(
      String method, String path, Optional<Act> act, int status, String run) {
    return new Entry("ci", "process", method, path, act, status, run);
  }

  @Test
  void tellsTheAuditWhatACallerDoes() {
    RecordedTrail trail = new RecordedTrail();
    Api audited = new Api(reconciler, scheduler, Optional.empty(), trail);
    String body = "{\"all\":true,\"on_behalf_of\":\"ann\",\"reason\":\"ticket 7\"}";
    Caller ci = Caller.unrestricted("ci");

    audited.handle(ApiRequest.of(ci, "POST", "/v1/reconcile?x", body.getBytes(UTF_8)));
    audited.handle(ApiRequest.of(ci, "POST", "/v1/plan", "{\"all\":true}".getBytes(UTF_8)));
    audited.handle(ApiRequest.of(ci, "GET", "/v1/nothing", new byte[0]));
    audited.handle(ApiRequest.of(Caller.nobody(), "GET", "/healthz", new byte[0]));

    Entry run =
        entry(
            "POST",
            "/v1/reconcile",
            Optional.of(new Act("all", List.of(), false, "ann", "ticket 7")),
            0,
            "1");
    assertThat(trail.begun).containsExactly(run);
    assertThat(trail.ended).containsExactly(run);
    assertThat(trail.responded)
        .containsExactly(
            entry(
                "POST",
                "/v1/plan",
                Optional.of(new Act("all", List.of(), false, "", "")),
                202,
                "2"),
            entry("GET", "/v1/nothing", Optional.empty(), 404, ""));
  }

  @Test
  void tellsTheAuditOfARunThatFails() {
    RecordedTrail trail = new RecordedTrail();
    Api audited = new Api(reconciler, scheduler, Optional.empty(), trail);
    byte[] unknown = "{\"agent\":\"nope\"}".getBytes(UTF_8);

    audited.handle(ApiRequest.of(Caller.unrestricted("ci"), "POST", "/v1/reconcile", unknown));

    assertThat(trail.begun).hasSize(1);
    assertThat(trail.failed).singleElement().asString().contains("no agent 'nope'");
  }

  @Test
  void tellsTheAuditNothingThatAStrangerWrites() {
    RecordedTrail trail = new RecordedTrail();
    Api audited = new Api(reconciler, scheduler, Optional.empty(), trail);
    ApiRequest head =
        new ApiRequest("GET", "/v1/agents/canary", "token=canary", Map.of(), new byte[0]);

    audited.refused(head, ApiResponse.error(401, "no"));
    audited.refused(head.by(Caller.unrestricted("ci")), ApiResponse.error(415, "no"));

    assertThat(trail.responded)
        .containsExactly(
            new Entry("", "process", "GET", "/v1/agents/{name}", Optional.empty(), 401, ""),
            entry("GET", "/v1/agents/canary", Optional.empty(), 415, ""));
  }

  @Test
  void startsNoManualRunThatTheAuditCannotKeep() {
    RecordedTrail full = new RecordedTrail();
    full.failure = Optional.of(new IOException("no space left"));
    Api audited = new Api(reconciler, scheduler, Optional.empty(), full);
    Caller ci = Caller.unrestricted("ci");
    byte[] all = "{\"all\":true}".getBytes(UTF_8);

    assertThat(audited.handle(ApiRequest.of(ci, "POST", "/v1/reconcile", all)))
        .isEqualTo(
            ApiResponse.error(
                503, "no manual run begins, because the audit can't be written: no space left"));
    assertThat(reconciler.events("", 10)).isEmpty();
    assertThat(full.responded).extracting(Entry::status).containsExactly(503);
    assertThat(audited.handle(ApiRequest.of(ci, "POST", "/v1/plan", all)).status()).isEqualTo(202);
  }

  @Test
  void startsAPlanAndFindsItsRun() {
    ApiResponse started = handle("POST", "/v1/plan", "{\"all\":true}");

    assertThat(started.status()).isEqualTo(202);
    assertThat(started.text()).startsWith("{\"id\":\"1\",\"done\":true,\"plan\":{");
    assertThat(handle("GET", "/v1/runs/1", "").text()).isEqualTo(started.text());
  }
}
