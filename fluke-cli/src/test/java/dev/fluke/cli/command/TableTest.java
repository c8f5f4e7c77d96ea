package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

  @Test
  void alignsColumnsAndStripsTrailingSpaces() {
    CapturedTerminal captured = CapturedTerminal.create();
    Table table = Table.of("A", "LONG NAME", "C");
    table.row("a longer cell", "x", "");
    table.row("ä\ud83d\ude00", 7, "end");

    table.print(captured.terminal());

    assertThat(captured.out())
        .isEqualTo(
            """
            A              LONG NAME  C
            a longer cell  x
            ä\ud83d\ude00             7          end
            """);
  }

  @Test
  void printsItsHeadWithoutRows() {
    CapturedTerminal captured = CapturedTerminal.create();

    Table.of("AGENT", "TASK").print(captured.terminal());

    assertThat(captured.out()).isEqualTo("AGENT  TASK\n");
  }

  @Test
  void escapesControlCharacters() {
    CapturedTerminal captured = CapturedTerminal.create();
    Table table = Table.of("A");
    table.row("\u001b[31mred\nforged");

    table.print(captured.terminal());

    assertThat(captured.out()).isEqualTo("A\n\\u001b[31mred\\nforged\n");
  }

  @ParameterizedTest
  @CsvSource({
    "IN_SYNC, 32", "REACHABLE, 32", "in sync, 32",
    "FAILED, 31", "UNREACHABLE, 31", "unknown, 31",
    "DRIFTED, 33", "would be applied, 33"
  })
  void coloursOutcomesOnATerminal(String cell, int colour) {
    CapturedTerminal captured = CapturedTerminal.interactive();
    Table table = Table.of("OUTCOME", "B");
    table.row(cell, "b");

    table.print(captured.terminal());

    assertThat(captured.out()).contains("\u001b[" + colour + "m" + cell + "\u001b[0m");
  }

  @Test
  void alignsColouredCellsByTheirText() {
    CapturedTerminal captured = CapturedTerminal.interactive();
    Table table = Table.of("OUTCOME", "B");
    table.row("IN_SYNC", "b");

    table.print(captured.terminal());

    assertThat(captured.out()).isEqualTo("OUTCOME  B\n\u001b[32mIN_SYNC\u001b[0m  b\n");
  }
}
