package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

  @ParameterizedTest
  @CsvSource({
    "NOT_BEGUN, false",
    "CONNECTION_LOST, true",
    "KILLED, false",
    "END_NOT_KNOWN, true",
    "TOO_MUCH_OUTPUT, false",
    "GARBLED, false",
    "LOCKED, false"
  })
  void knowsWhichAnswersWentWithTheConnection(Reason reason, boolean lost) {
    assertThat(reason.isLost()).isEqualTo(lost);
  }

  @Test
  void foldsAResultAndTheLackOfOne() {
    Answer finished = Answer.finished(CommandResult.exited(3));
    Answer none = Answer.none(Reason.LOCKED, "busy");

    assertThat(finished.<Object>fold(CommandResult::exitStatus, Answer.None::why)).isEqualTo(3);
    assertThat(none.<Object>fold(CommandResult::exitStatus, Answer.None::why)).isEqualTo("busy");
  }

  @Test
  void namesTheCommandThatAsksOnlyWhereThereIsNoLock() {
    Command asks = Command.of("kill", "-0", "77");

    Answer.None unknown = Shells.none(Answer.endNotKnown("cut", asks));
    assertThat(unknown.reason()).isEqualTo(Reason.END_NOT_KNOWN);
    assertThat(unknown.stillRunning()).contains(asks);
    assertThat(Shells.none(Answer.none(Reason.KILLED, "cut")).stillRunning()).isEmpty();
  }
}
