package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.ApiReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client that returns these replies in order and records the requests. */
final class ScriptedClient implements ApiClient {
  private final List<ApiReply> replies;
  private final List<String> requests = new ArrayList<>();

  private ScriptedClient(List<ApiReply> replies) {
    this.replies = new ArrayList<>(replies);
  }

  static ScriptedClient replying(ApiReply... replies) {
    return new ScriptedClient(List.of(replies));
  }

  List<String> requests() {
    return requests;
  }

  @Override
  public ApiReply get(String target) {
    requests.add("GET " + target);
    return replies.remove(0);
  }

  @Override
  public ApiReply post(String target, Map<String, ?> body) {
    requests.add("POST " + target + " " + body);
    return replies.remove(0);
  }

  @Override
  public void close() {
    // holds nothing
  }
}
