package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the text of an error is changed, whatever a branch is called. */
@Tag("G12")
class ErrorPacketTest {
  private static final String SERVICE = "001e# service=git-upload-pack\n0000";

  private static String read(String response) throws Exception {
    Mask mask = new Mask();
    mask.learn(Secret.of("canary"));
    return new String(
        ErrorPacket.masked(new ByteArrayInputStream(response.getBytes(ISO_8859_1)), mask)
            .readAllBytes(),
        ISO_8859_1);
  }

  @Test
  void masksTheTextOfAnError() throws Exception {
    assertThat(read("0012ERR no, canary0000")).isEqualTo("000fERR no, ***0000");
    assertThat(read(SERVICE + "0012ERR no, canary")).isEqualTo(SERVICE + "000fERR no, ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SERVICE + "003f0123456789012345678901234567890123456789 refs/heads/canary\n0000",
        "000eversion 2\n0012ERR no, canary",
        "0008NAK\nPACKcanary",
        "0000canary",
        "canary is no packet",
        "00",
        "",
        "fff0 short canary"
      })
  void leavesEveryOtherResponseAsItIs(String response) throws Exception {
    assertThat(read(response)).isEqualTo(response);
  }
}
