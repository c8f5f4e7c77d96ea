package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One table of forms, which every way out is tested with. */
@Tag("Z02")
class SecretFormsTest {

  @Test
  void knowsTheFormsOfEncoders() {
    assertThat(SecretForms.of("caf\u00e9/ 'a'=<b>&\"~", 6))
        .contains(
            "caf\u00e9/ 'a'=<b>&\"~",
            "caf\u00e9/ '\\''a'\\''=<b>&\"~",
            "caf\u00e9/ 'a'=<b>&\\\"~",
            "caf\\u00e9/ 'a'=<b>&\\\"~",
            "caf\\u00e9/ \\u0027a\\u0027\\u003d\\u003cb\\u003e\\u0026\\\"~",
            "caf\u00e9\\/ 'a'=<b>&\\\"~",
            "caf%C3%A9%2F+%27a%27%3D%3Cb%3E%26%22%7E",
            "caf%c3%a9%2f%20%27a%27%3d%3cb%3e%26%22~",
            "caf%C3%A9/%20%27a%27%3D%3Cb%3E%26%22~",
            "caf%C3%A9%2F%20'a'%3D%3Cb%3E%26%22~",
            "636166c3a92f202761273d3c623e26227e",
            "636166C3A92F202761273D3C623E26227E",
            "63 61 66 c3 a9 2f 20 27 61 27 3d 3c 62 3e 26 22 7e",
            "Y2Fmw6kvICdhJz08Yj4mIn4=",
            "Y2Fmw6kvICdhJz08Yj4mIn4");
  }

  @Test
  void knowsEachLineThatIsLongEnough() {
    assertThat(SecretForms.of("-----BEGIN-----\nMIIEvQ\n  AAAA \n", 6))
        .contains("MIIEvQ", "-----BEGIN-----", "-----BEGIN-----\\nMIIEvQ\\n  AAAA")
        .doesNotContain("AAAA");
  }
}
