package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.lane.Lane;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.request.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agents that are managed now. Changes come one at a time; reading needs no lock. */
public final class Fleet {
  private final Map<String, Member> members = new ConcurrentSkipListMap<>();

  /** An agent, and the lane of its address. */
  public record Member(ManagedAgent agent, Lane lane) {
    public String name() {
      return agent.name();
    }
  }

  /** All members, ordered by name. */
  public Collection<Member> members() {
    return members.values();
  }

  public Set<String> names() {
    return members.keySet();
  }

  @Nullable Member find(String name) {
    return members.get(name);
  }

  /** The members that a scope covers. */
  public List<Member> in(Scope scope) {
    Collection<Member> some = members.values();
    if (scope.agent().isPresent()) {
      Member one = members.get(scope.agent().get());
      some = one == null ? List.of() : List.of(one);
    }
    return some.stream().filter(member -> scope.coversAgent(member.agent().agent())).toList();
  }

  public void add(Member member) {
    members.put(member.name(), member);
  }

  public void remove(Member member) {
    members.remove(member.name(), member);
  }

  /**
   * Lets the memory of all members follow a new revision.
   *
   * @param now monotonic, in nanoseconds
   */
  public void follow(Manifest manifest, long now) {
    members.values().forEach(member -> member.agent().states().follow(manifest, now));
  }

  /** The keys of all labels that its agents have. */
  Set<String> labelKeys() {
    return members.values().stream()
        .flatMap(member -> member.agent().agent().labels().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The declarations of all members. */
  public List<Agent> declared() {
    return members.values().stream().map(member -> member.agent().agent()).toList();
  }
}
