package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Held;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Local;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Transports that break a promise are found. */
class TransportContractTest {
  private HostConnection last;

  @Test
  void findsAnswersInAnotherOrder() {
    TransportContract contract =
        contract(
            real ->
                new Spoilt(real) {
                  @Override
                  public List<Answer> ask(List<Command> commands) {
                    List<Answer> answers = new ArrayList<>(real.ask(commands));
                    Collections.reverse(answers);
                    return answers;
                  }
                });
    assertFound(contract, contract::answersInTheOrderOfTheCommands);
  }

  @Test
  void findsValuesThatChangeOnTheWay() {
    TransportContract contract = contract(sending(command -> command.env("A", "changed")));
    assertFound(contract, contract::carriesAnyTextUnchanged);
  }

  @Test
  void findsAnIgnoredDirectory() {
    TransportContract contract = contract(sending(command -> command.in("/")));
    assertFound(contract, contract::beginsNothingInAMissingDirectory);
  }

  @Test
  void findsAnIgnoredLimit() {
    TransportContract contract =
        contract(sending(command -> Command.shell("exit 3").timeout(command.timeout().get())));
    assertFound(contract, contract::killsACommandAtItsLimitAndAnswersTheOthers);
  }

  @Test
  void findsAnApplyWithoutALock() {
    TransportContract contract =
        contract(
            real ->
                new Spoilt(real) {
                  @Override
                  public Answer act(Command command) {
                    return real.ask(List.of(command)).get(0);
                  }
                });
    assertFound(contract, contract::runsOneApplyAtATimeAndEachOnce);
  }

  @Test
  void findsAHoldWithoutALock() {
    TransportContract contract =
        contract(
            real ->
                new Spoilt(real) {
                  @Override
                  public Held hold(Duration wait) {
                    return Held.withoutLock(real::act);
                  }
                });
    assertFound(contract, contract::refusesASecondHolderUntilTheFirstIsClosed);
    TransportContract again = contract(real -> new Spoilt(real) {});
    assertFound(again, again::givesTheLockBackWithItsConnection);
  }

  @Test
  void findsALockThatIsKeptForNobody() {
    TransportContract contract =
        contract(
            real ->
                new Spoilt(real) {
                  @Override
                  public Held hold(Duration wait) {
                    return real.hold(Duration.ofMinutes(1));
                  }
                });
    assertFound(contract, contract::givesTheLockBackIfNoCommandComes);
  }

  @Test
  void findsASecondCommandWithoutTheLock() {
    TransportContract contract =
        contract(
            real ->
                new Spoilt(real) {
                  @Override
                  public Held hold(Duration wait) {
                    Held first = real.hold(wait);
                    first.close();
                    return Held.withoutLock(real::act);
                  }
                });
    assertFound(contract, contract::runsSeveralCommandsUnderOneHold);
  }

  @Test
  void findsAMissingRemark() {
    TransportContract contract =
        contract(
            real ->
                new Spoilt(real) {
                  @Override
                  public boolean holdsLock() {
                    return false;
                  }

                  @Override
                  public List<String> remarks() {
                    return List.of();
                  }
                });
    assertFound(contract, contract::saysThatTwoProcessesMayApplyIfItHoldsNoLock);
  }

  @Test
  void findsAConnectionThatDoesNotClose() {
    TransportContract contract =
        contract(
            real ->
                new Spoilt(real) {
                  @Override
                  public void close() {}
                });
    assertFound(contract, contract::runsNothingOnAClosedConnection);
  }

  private void assertFound(TransportContract contract, ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
    last.close();
    contract.closeScheduler();
  }

  private static UnaryOperator<HostConnection> sending(UnaryOperator<Command> changed) {
    return real ->
        new Spoilt(real) {
          @Override
          public List<Answer> ask(List<Command> commands) {
            return real.ask(commands.stream().map(changed).toList());
          }
        };
  }

  /** The contract of this machine, with connections that are not what they should be. */
  private TransportContract contract(UnaryOperator<HostConnection> spoiling) {
    Transport spoilt =
        new Transport() {
          @Override
          public HostConnection open(Target target) throws Exception {
            last = Local.machine().open(target);
            return spoiling.apply(last);
          }

          @Override
          public String address() {
            return "local";
          }
        };
    return new TransportContract() {
      @Override
      protected Transport transport() {
        return spoilt;
      }
    };
  }

  private static class Spoilt implements HostConnection {
    private final HostConnection real;

    Spoilt(HostConnection real) {
      this.real = real;
    }

    @Override
    public List<Answer> ask(List<Command> commands) {
      return real.ask(commands);
    }

    @Override
    public Answer act(Command command) {
      return real.act(command);
    }

    @Override
    public boolean holdsLock() {
      return true;
    }

    @Override
    public boolean isOpen() {
      return real.isOpen();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
