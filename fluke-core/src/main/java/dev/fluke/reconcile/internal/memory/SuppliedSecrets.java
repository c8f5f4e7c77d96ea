package dev.fluke.reconcile.internal.memory;

import dev.fluke.command.Secret;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The secrets that one walk needs by name, each asked for once. A name that is not asked for in
 * time has a problem instead of a value. Safe for use by any thread.
 */
public final class SuppliedSecrets {
  private final NamedSecrets source;
  private final Map<String, NamedSecrets.Answer> answers = new HashMap<>(); // guarded by this

  SuppliedSecrets(NamedSecrets source, Collection<String> names) {
    this.source = source;
    answers.putAll(source.ask(names));
  }

  /**
   * The value of a secret.
   *
   * @throws IllegalStateException if it can't be had; the message says why
   */
  public Secret of(String name) {
    NamedSecrets.Answer answer = answer(name);
    if (answer.value() == null) {
      throw new IllegalStateException(answer.problem());
    }
    return answer.value();
  }

  /** An executor may have a secret that its declaration lacks: asked for when it is needed. */
  private NamedSecrets.Answer answer(String name) {
    synchronized (this) {
      NamedSecrets.Answer known = answers.get(name);
      if (known != null) {
        return known;
      }
    }
    Map<String, NamedSecrets.Answer> more = source.ask(Set.of(name)); // without the lock
    synchronized (this) {
      more.forEach(answers::putIfAbsent);
      return answers.getOrDefault(name, NamedSecrets.Answer.no("it was not asked for"));
    }
  }

  /** Why one of these can't be had; empty if all can. */
  String problem(Set<String> names) {
    for (String name : new TreeSet<>(names)) {
      NamedSecrets.Answer answer = answer(name);
      if (answer.value() == null) {
        return answer.problem();
      }
    }
    return "";
  }

  /** The values of these, all of which can be had. */
  Map<String, Secret> values(Set<String> names) {
    Map<String, Secret> values = new TreeMap<>();
    names.forEach(name -> values.put(name, of(name)));
    return values;
  }
}
