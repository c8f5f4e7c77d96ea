package dev.fluke.examples.dns;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

// tag::dns
/** In the zone behind {@code api}, {@code name} has this address. */
public record DnsRecord(URI api, String name, String address) implements Executor {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Override
  public CheckResult check(Host host) throws Exception {
    HttpResponse<String> answer = send(request().GET());
    return switch (answer.statusCode()) {
      case 200 ->
          answer.body().equals(address)
              ? CheckResult.inSync()
              : CheckResult.drifted("address", address, answer.body());
      case 404 -> CheckResult.drifted("address", address, "no record"); // apply will create it
      default -> CheckResult.unknown("HTTP " + answer.statusCode() + " for " + name);
    };
  }

  @Override
  public void apply(Host host) throws Exception {
    HttpResponse<String> answer = send(request().PUT(BodyPublishers.ofString(address)));
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("HTTP " + answer.statusCode() + " for " + name);
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(api.resolve(name)).timeout(Duration.ofSeconds(10));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
// end::dns
