package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LimitsTest {

  /** The table gives each as a number, or in MiB. */
  @Test
  void areAllInTheTableOfTheDocs() throws Exception {
    String docs = Files.readString(Path.of("../docs/manifests.md"));
    String table = docs.substring(docs.indexOf("## Limits"), docs.indexOf("## Errors"));
    Field[] limits = Limits.class.getFields();
    assertThat(limits).hasSizeGreaterThan(15);
    for (Field limit : limits) {
      long value = ((Number) limit.get(null)).longValue();
      String number = String.format(Locale.ROOT, "%,d", value);
      String mebibytes = value % (1L << 20) == 0 ? (value >> 20) + " MiB" : number;
      assertThat(table.contains(number) || table.contains(mebibytes))
          .as("%s, %s", limit.getName(), number)
          .isTrue();
    }
  }
}
