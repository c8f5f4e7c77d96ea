package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.access.Caller;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
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
        ApiRequest.of(
            Caller.unrestricted("ann"), method, target, body.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET  | /nothing       | 404 | no such page; docs/openapi.yaml lists all pages",
        "GET  | /v1/agents/    | 404 | no agent ''; there is none yet",
        "GET  | /v1/agents/%zz | 400 | in the URL, '%' must be followed by two hexadecimal digits",
        "POST | /v1/status     | 405 | this page allows only GET",
        "GET  | /v1/reconcile  | 405 | this page allows only POST",
        "GET  | /v1/runs/7     | 404 | no run '7'; the latest 200 are kept"
      })
  void explainsErrors(String method, String target, int status, String message) {
    assertThat(handle(method, target, "")).isEqualTo(ApiResponse.error(status, message));
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

  @Test
  void startsAPlanAndFindsItsRun() {
    ApiResponse started = handle("POST", "/v1/plan", "{\"all\":true}");

    assertThat(started.status()).isEqualTo(202);
    assertThat(started.text()).startsWith("{\"id\":\"1\",\"done\":true,\"plan\":{");
    assertThat(handle("GET", "/v1/runs/1", "").text()).isEqualTo(started.text());
  }
}
