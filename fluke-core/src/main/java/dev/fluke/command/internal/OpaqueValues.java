package dev.fluke.command.internal;

import dev.fluke.command.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers values that have no digest, such as lambdas. Values that are equal by their own {@code
 * equals} and stand at the same place have the same number, as long as the place still had one of
 * them in its latest three rounds. Safe for use by any thread; never calls {@code equals} under a
 * lock.
 */
public final class OpaqueValues {
  private static final int ROUNDS = 3;

  private final Map<String, List<Known>> places = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  private record Known(Object value, long number, int age) {
    Known older() {
      return new Known(value, number, age + 1);
    }
  }

  /** Begins a round at a place, such as a task. */
  public Session at(String place) {
    return new Session(place, places.getOrDefault(place, List.of()));
  }

  /** Forgets all places but these, once there are far more than these. */
  public void keep(Collection<String> wanted) {
    if (places.size() > wanted.size() + 1_000) {
      places.keySet().retainAll(Set.copyOf(wanted));
    }
  }

  /** The values of one round. For use by one thread. */
  public final class Session {
    private final String place;
    private final List<Known> before;
    private final List<Known> now = new ArrayList<>();
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final Set<String> secretNames = new LinkedHashSet<>();
    private final List<Secret> secrets = new ArrayList<>();
    private boolean changing;

    private Session(String place, List<Known> before) {
      this.place = place;
      this.before = before;
    }

    long numberOf(Object value) {
      classes.add(value.getClass());
      Known known = find(value);
      if (now.stream().noneMatch(other -> other.number == known.number)) {
        now.add(known);
      }
      return known.number;
    }

    private Known find(Object value) {
      List<Known> all = new ArrayList<>(now);
      all.addAll(before);
      for (Known known : all) {
        if (known.value == value) {
          return new Known(value, known.number, 0);
        }
      }
      for (Known known : all) {
        if (known.value.getClass() == value.getClass() && known.value.equals(value)) {
          return new Known(value, known.number, 0);
        }
      }
      return new Known(value, numbers.incrementAndGet(), 0);
    }

    void sawSecret(Secret named) {
      secretNames.add(named.name().orElseThrow());
    }

    void sawSecret(Secret secret, Secret present) {
      changing |= !secret.isAtHand();
      secrets.add(present);
    }

    /** The names of the secrets of this round that a secret source supplies. */
    public Set<String> secretNames() {
      return Set.copyOf(secretNames);
    }

    /** The other secrets of this round, with their present values. */
    public List<Secret> secrets() {
      return List.copyOf(secrets);
    }

    /** Whether a secret was fetched, which may be another one next time. */
    public boolean mayChange() {
      return changing;
    }

    /** Whether a value of this round has no equality but its identity. */
    public boolean hasOnlyIdentity() {
      return classes.stream().anyMatch(type -> !OpaqueWarning.hasEquals(type));
    }

    /**
     * A warning for each class of the values of this round, in order.
     *
     * @param whole what the values are parts of, such as {@code its declaration}
     */
    public List<String> warnings(String whole) {
      return classes.stream().map(type -> OpaqueWarning.of(whole, type)).toList();
    }

    /** Ends the round. */
    public void end() {
      List<Known> kept = new ArrayList<>(now);
      for (Known known : before) {
        if (known.age < ROUNDS && now.stream().noneMatch(each -> each.number == known.number)) {
          kept.add(known.older());
        }
      }
      if (kept.isEmpty()) {
        places.remove(place);
      } else {
        places.put(place, List.copyOf(kept));
      }
    }
  }
}
