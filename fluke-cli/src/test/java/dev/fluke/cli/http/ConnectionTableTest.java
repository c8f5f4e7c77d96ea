package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.http.ClientConnection.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {
  private static final int MOST_BYTES = 1000;

  private final ConnectionTable table = new ConnectionTable(MOST_BYTES);

  private static ClientConnection from(String address) {
    return new ClientConnection(address, new ByteArrayEndPoint());
  }

  private List<ClientConnection> added(int number, String address) {
    List<ClientConnection> added = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ClientConnection one = from(address);
      added.add(one);
      assertThat(table.add(one)).isEmpty();
    }
    return added;
  }

  @Test
  void closesTheLongestWaitingOfAnAddress() {
    added(1, "b");
    List<ClientConnection> all = added(ConnectionTable.BY_ADDRESS, "a");
    table.enter(all.get(0), Phase.WORKING);
    table.enter(all.get(1), Phase.SENDING);
    table.enter(all.get(2), Phase.ENDING);

    assertThat(table.add(from("a"))).contains(all.get(3));
    assertThat(table.add(from("a"))).contains(all.get(4));
    assertThat(table.size()).isEqualTo(1 + ConnectionTable.BY_ADDRESS);
    assertThat(table.enter(all.get(3), Phase.RECEIVING, Phase.WORKING)).isFalse();
  }

  @Test
  void closesThoseThatReadAfterThoseThatSend() {
    List<ClientConnection> all = added(ConnectionTable.BY_ADDRESS, "a");
    all.subList(1, all.size()).forEach(one -> table.enter(one, Phase.WORKING));
    table.enter(all.get(0), Phase.SENDING);

    ClientConnection last = from("a");
    assertThat(table.add(last)).contains(all.get(0));
    assertThat(table.enter(last, Phase.WORKING)).isTrue();
    ClientConnection refused = from("a");
    assertThat(table.add(refused)).contains(refused);
  }

  @Test
  void closesOneOfTheAddressWithTheMost() {
    ClientConnection oldest = added(1, "first").get(0);
    List<ClientConnection> crowd = added(2, "crowd");
    for (int i = 3; i < ConnectionTable.IN_ALL; i++) {
      added(1, "of-one-" + i);
    }
    assertThat(table.add(from("new-1"))).contains(crowd.get(0));
    assertThat(table.add(from("new-2"))).contains(oldest);
  }

  @Test
  void closesTheLargestOfThoseThatHoldTooMuch() {
    List<ClientConnection> all = added(4, "a");
    table.enter(all.get(0), Phase.SENDING);
    table.hold(all.get(0), 500);
    table.hold(all.get(1), 100);
    table.hold(all.get(2), 300);

    assertThat(table.hold(all.get(3), 101)).containsExactly(all.get(2));
    assertThat(table.hold(all.get(3), 400)).containsExactly(all.get(1), all.get(0));
    assertThat(table.hold(all.get(3), 400)).isEmpty();
    assertThat(table.hold(all.get(2), 1)).isEmpty();
  }

  @Test
  void movesOnlyFromTheNamedPhase() {
    ClientConnection one = added(1, "a").get(0);

    assertThat(table.enter(one, Phase.SENDING, Phase.ENDING)).isFalse();
    assertThat(table.remove(one, Phase.SENDING)).isFalse();
    assertThat(table.enter(one, Phase.RECEIVING, Phase.WORKING)).isTrue();
    assertThat(table.remove(one, Phase.WORKING)).isTrue();
    assertThat(table.remove(one)).isFalse();
    assertThat(table.add(from("a"))).isEqualTo(Optional.empty());
    assertThat(table.size()).isEqualTo(1);
  }
}
