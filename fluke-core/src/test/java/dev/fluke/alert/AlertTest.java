package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.AT;
import static dev.fluke.alert.SampleAlerts.alert;
import static dev.fluke.alert.SampleAlerts.drift;
import static dev.fluke.alert.SampleAlerts.event;
import static dev.fluke.alert.SampleAlerts.onWeb01;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AlertTest {

  @Tag("rule-28")
  @Test
  void writesOneJsonObjectOnOneLine() {
    assertThat(drift().toJson())
        .isEqualTo(
            "{\"event\":\"drift_detected\",\"timestamp\":\"2025-03-13T14:22:01.123Z\","
                + "\"agent\":{\"name\":\"web-01\",\"labels\":{\"role\":\"web\"}},"
                + "\"task\":\"nginx\",\"incident\":\"open\",\"key\":\"k1\",\"id\":\"a1\"}");
    assertThat(drift()).hasToString(drift().toJson());
  }

  @Test
  void namesItsAgentTaskAndState() {
    Alert alert = Alert.of(onWeb01("drift_resolved").with("task", "nginx"), "a1", "k1", true);

    assertThat(alert.event()).isEqualTo("drift_resolved");
    assertThat(alert.agent()).contains("web-01");
    assertThat(alert.labels()).isEqualTo(Map.of("role", "web"));
    assertThat(alert.task()).contains("nginx");
    assertThat(alert.isClosing()).isTrue();
    assertThat(alert.toJson()).contains("\"incident\":\"closed\"");
    assertThat(alert(event("source_broken")).agent()).isEmpty();
    assertThat(alert(event("source_broken")).labels()).isEmpty();
  }

  @Tag("rule-27")
  @Test
  void keepsItsIdentityAtALaterTry() {
    Alert first = drift();
    Alert later = first.triedAt(AT.plusSeconds(60));

    assertThat(first.triedAt()).isEqualTo(AT);
    assertThat(later.triedAt()).isEqualTo(AT.plusSeconds(60));
    assertThat(later.time()).isEqualTo(AT);
    assertThat(later.id()).isEqualTo("a1");
    assertThat(later.key()).isEqualTo("k1");
    assertThat(later.toJson()).isEqualTo(first.toJson());
  }

  @Test
  void sumsUpInOneLine() {
    assertThat(drift().summary()).isEqualTo("drift detected: nginx on web-01");
    assertThat(alert(onWeb01("drift_remediated").with("task", "nginx").with("outcome", "success")))
        .extracting(Alert::summary)
        .isEqualTo("drift remediated: nginx on web-01, success");
    assertThat(alert(onWeb01("agent_unreachable").with("message", "no route")).summary())
        .isEqualTo("agent unreachable: web-01 (no route)");
    assertThat(alert(event("source_broken").with("source", "infra.git")).summary())
        .isEqualTo("source broken: infra.git");
  }

  @Tag("Z05")
  @Test
  void escapesWhatCouldHideOrForgeALine() {
    String hostile =
        "a\r\u001b[2J\u001b]52;c;aGk=\u0007\nERROR forged\u202etxt\u2028<b>${jndi:ldap://x}";
    Alert alert = alert(onWeb01("agent_unreachable").with("message", hostile));

    assertThat(alert.summary())
        .isEqualTo(
            "agent unreachable: web-01 (a\\u000d\\u001b[2J\\u001b]52;c;aGk=\\u0007\\nERROR forged"
                + "\\u202etxt\\u2028<b>${jndi:ldap://x})");
    assertThat(alert.toJson())
        .contains(
            "\"a\\r\\u001b[2J\\u001b]52;c;aGk=\\u0007\\nERROR forged"
                + "\\u202etxt\\u2028<b>${jndi:ldap://x}\"");
  }

  @Tag("Z05")
  @Test
  void cutsATextOfOneMebibyte() {
    Alert alert = alert(onWeb01("agent_unreachable").with("message", "ä".repeat(1 << 19)));

    assertThat(alert.summary().getBytes(UTF_8).length).isBetween(2040, 2048);
    assertThat(alert.toJson().getBytes(UTF_8).length).isBetween(2040, 2048 + 200);
  }
}
