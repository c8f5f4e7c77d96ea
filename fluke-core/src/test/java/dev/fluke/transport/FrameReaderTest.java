package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back, cut or changed anywhere. */
@Tag("rule-2")
class FrameReaderTest {
  @Test
  void givesNoAnswerFromAReplyCutAtAnyByte(@TempDir Path dir) throws Exception {
    try (Scheduler scheduler = Scheduler.system()) {
      FrameMarkers marks = FrameMarkers.fresh(new Random(4));
      String whole = marks.begun() + "some output\n" + marks.ended() + "17;";
      String err = "oops\n" + marks.ended() + "17;";
      for (int cut = 0; cut <= whole.length(); cut++) {
        FrameReader.Frame frame = read(scheduler, dir, marks, whole.substring(0, cut), err);

        if (cut < whole.length()) {
          assertThat(frame.answer()).as("cut at %s", cut).isNull();
        } else {
          CommandResult result = Shells.result(frame.answer());
          assertThat(result.exitStatus()).isEqualTo(17);
          assertThat(result.stdout()).isEqualTo("some output\n");
        }
      }
    }
  }

  @Tag("T09")
  @Test
  void marksAnAnswerThatLacksTheEndOfItsErrors(@TempDir Path dir) throws Exception {
    try (Scheduler scheduler = Scheduler.system()) {
      FrameMarkers marks = FrameMarkers.fresh(new Random(4));
      String err = "oops\n" + marks.ended() + "17;";
      for (int cut = 0; cut <= err.length(); cut++) {
        FrameReader.Frame frame =
            read(
                scheduler,
                dir,
                marks,
                marks.begun() + marks.ended() + "17;",
                err.substring(0, cut));

        boolean whole = cut == err.length();
        assertThat(frame.came()).isEqualTo(whole ? FrameReader.Came.ANSWER : FrameReader.Came.EOF);
        assertThat(Shells.result(frame.answer()).exitStatus()).isEqualTo(17);
        assertThat(Shells.result(frame.answer()).truncated()).isEqualTo(!whole);
      }
    }
  }

  @Tag("T18")
  @Test
  void givesNoAnswerFromBytesOfNoCommand(@TempDir Path dir) throws Exception {
    try (Scheduler scheduler = Scheduler.system()) {
      FrameMarkers marks = FrameMarkers.fresh(new Random(5));
      FrameMarkers others = FrameMarkers.fresh(new Random(6));
      for (String reply :
          List.of(
              "x" + marks.begun() + marks.ended() + "0;",
              others.begun() + others.ended() + "0;" + marks.begun() + marks.ended() + "0;",
              "noise" + marks.ended() + "0;",
              marks.begun() + marks.ended() + "x;",
              marks.begun() + marks.ended() + "12345;",
              marks.begun() + others.ended() + "0;")) {
        assertThat(read(scheduler, dir, marks, reply, "").answer()).as(reply).isNull();
      }
    }
  }

  @Tag("rule-16")
  @Test
  void skipsWhatOthersPrintBeforeTheFirstMark() throws Exception {
    FrameMarkers marks = FrameMarkers.fresh(new Random(7));
    String noise = "noise " + marks.begun().substring(0, 20) + "\nB".repeat(40);
    String half = marks.begun().substring(0, 9);
    String rest = marks.begun().substring(9);
    try (Scheduler scheduler = Scheduler.system()) {
      for (List<String> parts :
          List.of(
              List.of(noise + marks.begun() + "out" + marks.ended() + "0;"),
              List.of(noise, noise + half, rest + "out" + marks.ended(), "0;"))) {
        assertThat(Shells.result(skipping(scheduler, parts).answer()).stdout()).isEqualTo("out");
      }
      assertThat(Shells.none(skipping(scheduler, List.of(noise, marks.ended() + "97;")).answer()))
          .extracting(Answer.None::reason)
          .isEqualTo(Answer.Reason.NOT_BEGUN);
      assertThat(skipping(scheduler, List.of(noise, noise)).came()).isEqualTo(FrameReader.Came.EOF);
    }
  }

  @Test
  void keepsHeadAndTailOfWhatACutCommandPrinted() throws Exception {
    FrameMarkers marks = FrameMarkers.fresh(new Random(8));
    String flood = "head -c 3000000 /dev/zero | tr '\\0' x; ";
    String prints = "printf %s \"$1\"; echo first; " + flood + "echo last; echo no >&2";
    try (Scheduler scheduler = Scheduler.system()) {
      for (String begun : List.of(marks.begun(), "")) {
        ShellSession session =
            ShellSession.start(
                new ProcessLine(List.of("sh", "-c", prints, "sh", begun), scheduler), scheduler);
        FrameReader reader = new FrameReader(session, marks, Long.MAX_VALUE);

        assertThat(reader.read(Duration.ofSeconds(5), Duration.ofSeconds(5)).answer()).isNull();

        if (begun.isEmpty()) {
          assertThat(reader.printed()).isEmpty();
        } else {
          CommandResult printed = reader.printed().orElseThrow();
          String kept = new String(printed.stdoutBytes(), StandardCharsets.UTF_8);
          assertThat(kept).startsWith("first\nx").endsWith("xlast\n").hasSize(256 * 1024);
          assertThat(printed.stdoutDropped()).isEqualTo(3_000_011 - 256 * 1024);
          assertThat(printed.stderr()).isEqualTo("no\n");
        }
      }
    }
  }

  private static FrameReader.Frame skipping(Scheduler scheduler, List<String> parts)
      throws Exception {
    String prints = "for p; do printf %s \"$p\"; sleep 0.05; done; printf %s \"$p\" >&2";
    List<String> argv = new ArrayList<>(List.of("sh", "-c", prints, "sh"));
    argv.addAll(parts);
    ShellSession session = ShellSession.start(new ProcessLine(argv, scheduler), scheduler);
    FrameReader reader =
        new FrameReader(session, FrameMarkers.fresh(new Random(7)), Long.MAX_VALUE);
    reader.skipWhatOthersPrint();
    return reader.read(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  /**
   * A byte of an output, or of a status, can only be vouched for by what carries it, as SSH does;
   * but none that is changed elsewhere leaves an answer, and none moves output into another's.
   */
  @Tag("T18")
  @Test
  void movesNoAnswerWhenAnyByteIsFlipped() throws Exception {
    Random random = new Random(Long.getLong("fluke.test.seed", 42));
    int flips = Integer.getInteger("fluke.test.flips", 10_000);
    int answers = 0;
    try (Scheduler scheduler = Scheduler.system()) {
      for (int i = 0; i < flips; i++) {
        FrameMarkers first = FrameMarkers.fresh(random);
        FrameMarkers second = FrameMarkers.fresh(random);
        String one = first.begun() + "output one\n" + first.ended() + "17;";
        String two = second.begun() + "output two\n" + second.ended() + "18;";
        byte[] reply = (one + two).getBytes(StandardCharsets.US_ASCII);
        int at = random.nextInt(reply.length);
        reply[at] ^= (byte) (1 << random.nextInt(8));
        String err = first.ended() + "17;" + second.ended() + "18;";
        ShellSession session = ShellSession.start(new Replaying(reply, err), scheduler);

        FrameReader.Frame ofOne = read(session, first);
        FrameReader.Frame ofTwo = ofOne.answer() == null ? ofOne : read(session, second);

        answers += isRightBut(at, one, 17, ofOne) ? 1 : 0;
        answers += isRightBut(at - one.length(), two, 18, ofTwo) ? 1 : 0;
      }
    }
    assertThat(answers).isGreaterThan(flips / 10);
  }

  /** No answer; or the whole of it, with one byte changed that is no byte of a mark. */
  private static boolean isRightBut(int at, String whole, int status, FrameReader.Frame frame) {
    if (frame.answer() == null || frame.came() != FrameReader.Came.ANSWER) {
      return false;
    }
    int end = whole.indexOf('\n') + 1;
    int begin = whole.indexOf("output");
    CommandResult result = Shells.result(frame.answer());
    boolean inOutput = at >= begin && at < end;
    boolean inStatus = at >= whole.length() - 3 && at < whole.length();
    byte[] out = whole.substring(begin, end).getBytes(StandardCharsets.US_ASCII);
    assertThat(result.stdoutBytes()).as("flipped at %s", at).hasSameSizeAs(out);
    if (!inOutput) {
      assertThat(result.stdoutBytes()).as("flipped at %s", at).isEqualTo(out);
    }
    if (!inStatus) {
      assertThat(result.exitStatus()).as("flipped at %s", at).isEqualTo(status);
    }
    boolean outside = at < 0 || at >= whole.length();
    assertThat(inOutput || inStatus || outside).as("a mark was flipped at %s", at).isTrue();
    return true;
  }

  /** A shell that has said all that it will say. */
  private static final class Replaying implements ShellLine, OpenShell {
    private final byte[] out;
    private final String err;

    Replaying(byte[] out, String err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public OpenShell open(ShellOutput output) {
      byte[] errors = err.getBytes(StandardCharsets.US_ASCII);
      output.err(errors, 0, errors.length);
      output.errEnded();
      output.out(out, 0, out.length);
      output.outEnded();
      return this;
    }

    @Override
    public void write(byte[] bytes) {}

    @Override
    public boolean isAlive() {
      return false;
    }

    @Override
    public boolean end(Duration grace) {
      return true;
    }

    @Override
    public void leave(Optional<String> finished) {}

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public void close() {}
  }

  private static FrameReader.Frame read(ShellSession session, FrameMarkers marks) throws Exception {
    return new FrameReader(session, marks, 1_000_000)
        .read(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  private static FrameReader.Frame read(
      Scheduler scheduler, Path dir, FrameMarkers marks, String reply, String err)
      throws Exception {
    Path out = Files.writeString(dir.resolve("out"), reply);
    Path errors = Files.writeString(dir.resolve("err"), err);
    List<String> printing = List.of("sh", "-c", "cat " + out + "; exec cat " + errors + " >&2");
    ShellSession session = ShellSession.start(new ProcessLine(printing, scheduler), scheduler);
    return read(session, marks);
  }
}
