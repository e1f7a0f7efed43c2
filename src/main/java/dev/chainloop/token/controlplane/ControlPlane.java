package dev.chainloop.token.controlplane;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.http.UnreachableException;
import dev.chainloop.token.source.Environment;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a control plane about a token.
 *
 * @param environment names the proxy, if any
 * @param clock measures how long it took
 * @param timeout for all questions together
 * @param version this tool's version, which is sent along
 */
public record ControlPlane(
        Endpoint endpoint, Environment environment, InstantSource clock, Duration timeout, String version) {
    private static final int MAX_WORDS = 1000;
    private static final String ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo";

    /** Whether a token can be sent as it is: a header's value is printable ASCII (RFC 9110 section 5.5). */
    public static boolean canSend(String token) {
        return token.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /**
     * Asks. The token is sent only after the server has answered a question without it.
     *
     * @param token as the Chainloop CLI would send it; one that {@link #canSend}
     * @param kind empty when that is unknown
     * @param organization the name to send along; may be empty
     */
    public Answers ask(String token, Optional<Audience> kind, List<String> audience, String organization)
            throws UnreachableException {
        Instant start = clock.instant();
        Secret secret = new Secret(token);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("chainloop-cli-version", "chainloop-token-" + version);
        List<Reply> replies = new ArrayList<>();
        List<Answers.Membership> memberships = new ArrayList<>();
        Optional<String> serverVersion;
        try (Connection connection = Connection.to(endpoint, environment, "chainloop-token/" + version, timeout)) {
            Connection.Result infoz = connection.call(Question.INFOZ.method(), metadata);
            if (infoz.code() == Reply.UNIMPLEMENTED) {
                // Not even the version: another service, to which no token is sent.
                throw foreign();
            }
            serverVersion = infoz.body().text(2).map(words -> cut(secret.removedFrom(words)));
            metadata.put("authorization", "Bearer " + token);
            metadata.put("chainloop-organization", organization);
            for (Question question : Question.about(kind, audience)) {
                boolean refused =
                        !replies.isEmpty() && !replies.get(replies.size() - 1).accepts();
                if (refused && question == Question.LIST_MEMBERSHIPS) {
                    continue;
                }
                Connection.Result result = connection.call(question.method(), metadata);
                Reply reply = reply(question, result, secret);
                if (reply.code() == Reply.UNIMPLEMENTED) {
                    throw foreign();
                }
                replies.add(reply);
                if (question == Question.LIST_MEMBERSHIPS && reply.accepts()) {
                    memberships.addAll(memberships(result.body(), secret));
                }
            }
        }
        return new Answers(start, Duration.between(start, clock.instant()), serverVersion, replies, memberships);
    }

    private static UnreachableException foreign() {
        return new UnreachableException("is a gRPC server, but not a control plane", Connection.CHECK_PORT);
    }

    private static Reply reply(Question question, Connection.Result result, Secret secret) {
        return new Reply(
                question,
                result.code(),
                cut(secret.removedFrom(result.words())),
                reason(result.details()).map(words -> cut(secret.removedFrom(words))),
                date(result.header("date")));
    }

    /** The reason in a {@code google.rpc.Status}: one type of its details has it. */
    private static Optional<String> reason(Message status) {
        return status.messages(3).stream()
                .filter(detail -> detail.text(1).equals(Optional.of(ERROR_INFO)))
                .flatMap(detail -> detail.messages(2).stream())
                .findFirst()
                .flatMap(info -> info.text(1));
    }

    private static List<Answers.Membership> memberships(Message answer, Secret secret) {
        List<Answers.Membership> memberships = new ArrayList<>();
        for (Message item : answer.messages(1)) {
            for (Message organization : item.messages(2)) {
                String name = organization.text(2).orElse("");
                memberships.add(new Answers.Membership(
                        cut(secret.removedFrom(name)), role((int) item.number(6)), item.number(3) != 0));
            }
        }
        return memberships;
    }

    private static String role(int number) {
        return switch (number) {
            case 0 -> "no role";
            case 1 -> "viewer";
            case 2 -> "admin";
            case 3 -> "owner";
            case 4 -> "member";
            case 5 -> "contributor";
            default -> "role " + number;
        };
    }

    private static Optional<Instant> date(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String cut(String words) {
        if (words.length() <= MAX_WORDS) {
            return words;
        }
        int end = Character.isHighSurrogate(words.charAt(MAX_WORDS - 1)) ? MAX_WORDS - 1 : MAX_WORDS;
        return words.substring(0, end) + "…";
    }
}
