package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docs/openapi.yaml against the routes. */
class OpenApiTest {

  @Test
  @SuppressWarnings("unchecked") // an OpenAPI description is mappings of mappings
  void describesEveryPageAndNoOther() throws Exception {
    Map<String, Object> description =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(Path.of("..", "docs", "openapi.yaml")));
    TreeSet<String> described = new TreeSet<>();
    TreeSet<String> open = new TreeSet<>();
    ((Map<String, Map<String, Map<String, Object>>>) description.get("paths"))
        .forEach(
            (path, methods) ->
                methods.forEach(
                    (method, page) -> {
                      described.add(method + " " + path);
                      if (page.containsKey("security")) {
                        open.add(method + " " + path);
                      }
                    }));

    try (Scheduler scheduler = Scheduler.system();
        Reconciler reconciler = Reconciler.builder().manifest(Manifest.empty()).build()) {
      Api api = new Api(reconciler, scheduler, Optional.empty());
      assertThat(api.routes())
          .extracting(OpenApiTest::named)
          .containsExactlyInAnyOrderElementsOf(described);
      assertThat(api.routes())
          .filteredOn(Route::isOpen)
          .extracting(OpenApiTest::named)
          .containsExactlyInAnyOrderElementsOf(open);
    }
  }

  private static String named(Route route) {
    return route.method().toLowerCase(Locale.ROOT) + " " + route.path();
  }
}
