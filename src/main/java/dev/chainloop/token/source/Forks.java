package dev.chainloop.token.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** How CI systems tell that a job runs for a change from a fork. */
final class Forks {
    private Forks() {}

    /** GitHub says it in the event's file, and hands out secrets to such a run if the event is pull_request_target. */
    static boolean onGithub(Environment here) {
        Optional<String> event = here.nonEmpty("GITHUB_EVENT_PATH")
                .filter(path -> here.get("GITHUB_EVENT_NAME").equals(Optional.of("pull_request")))
                .flatMap(here.machine()::read);
        Optional<String> head = event.flatMap(json -> text(json, "/pull_request/head/repo/full_name"));
        return head.isPresent() && !head.equals(here.get("GITHUB_REPOSITORY"));
    }

    static boolean onGitlab(Environment here) {
        return !here.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID").equals(here.get("CI_MERGE_REQUEST_PROJECT_ID"));
    }

    static boolean onTravis(Environment here) {
        return here.isSet("TRAVIS_PULL_REQUEST_SLUG")
                && !here.get("TRAVIS_PULL_REQUEST_SLUG").equals(here.get("TRAVIS_REPO_SLUG"));
    }

    /** The string at a JSON Pointer (RFC 6901). */
    private static Optional<String> text(String json, String pointer) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING
                        && parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
                    return Optional.of(parser.getText());
                }
            }
        } catch (IOException e) {
            // Then nothing is known.
        }
        return Optional.empty();
    }
}
