package dev.chainloop.token.controlplane;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.http.Patience;
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
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a control plane about a token.
 *
 * @param environment names the proxy, if any
 * @param clock measures how long it took
 * @param patience with all questions together, from the look-up of the name to the reading of the last answer
 * @param version this tool's version, which is sent along
 */
public record ControlPlane(
        Endpoint endpoint, Environment environment, InstantSource clock, Patience patience, String version) {
    /** Nobody reads more organizations than these. */
    private static final int MOST = 100;

    private static final long YEAR_10000 = 253_402_300_800L;
    private static final List<String> ROLES = List.of("no role", "viewer", "admin", "owner", "member", "contributor");
    /** Whether a token can be sent as it is: a header's value is printable ASCII (RFC 9110 section 5.5). */
    public static boolean canSend(String token) {
        return token.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /**
     * Asks. The token is sent only after the server has answered a question without it as a control plane does.
     *
     * @param token as the Chainloop CLI would send it, for which {@link #canSend} is true; empty to ask about none
     * @param kind empty when that is unknown
     * @param organization the name to send along; may be empty
     */
    public Answers ask(String token, Optional<Audience> kind, List<String> audience, String organization)
            throws UnreachableException {
        try {
            return patience.await(endpoint.address().toString(), () -> answers(token, kind, audience, organization));
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking failed", e.getCause());
        }
    }

    private Answers answers(String token, Optional<Audience> kind, List<String> audience, String organization)
            throws UnreachableException, InterruptedException, ExecutionException {
        Instant start = clock.instant();
        Words words = new Words(token);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("chainloop-cli-version", "chainloop-token-" + version);
        List<Reply> replies = new ArrayList<>();
        Optional<Answers.Identity> identity = Optional.empty();
        Message memberships = Message.EMPTY;
        Connection.Result infoz;
        try (Connection connection = Connection.to(endpoint, environment, "chainloop-token/" + version)) {
            infoz = connection.call(Question.INFOZ.method(), metadata);
            if (infoz.code() != Reply.OK
                    || infoz.body().text(2).filter(Words::isVersion).isEmpty()) {
                // Another service, to which no token is sent.
                throw foreign();
            }
            metadata.put("authorization", "Bearer " + token);
            metadata.put("chainloop-organization", organization);
            for (Question question : token.isEmpty() ? List.<Question>of() : Question.about(kind, audience)) {
                boolean refused =
                        !replies.isEmpty() && !replies.get(replies.size() - 1).accepts();
                if (refused && question == Question.LIST_MEMBERSHIPS) {
                    continue;
                }
                Connection.Result result = connection.call(question.method(), metadata);
                Reply reply = reply(question, result, words);
                if (reply.code() == Reply.UNIMPLEMENTED) {
                    throw foreign();
                }
                replies.add(reply);
                if (reply.accepts() && question == Question.CURRENT) {
                    identity = Optional.of(identity(result.body().message(1), kind, words));
                } else if (reply.accepts() && question == Question.LIST_MEMBERSHIPS) {
                    memberships = result.body();
                }
            }
        }
        return new Answers(
                start,
                Duration.between(start, clock.instant()),
                words.field(infoz.body().text(2), Words.VERSION),
                words.field(infoz.body().text(1), Words.URL),
                infoz.certificate(),
                replies,
                identity,
                memberships(memberships, 1, words),
                Math.max(0, memberships.count(1) - MOST));
    }

    private static UnreachableException foreign() {
        return WrongServer.that("is a gRPC server, but not a control plane");
    }

    private static Reply reply(Question question, Connection.Result result, Words words) {
        return new Reply(
                question,
                result.code(),
                words.free(result.words()),
                words.field(reason(result.details()), Words.WORD),
                date(result.header("date")));
    }

    /** The reason in a {@code google.rpc.Status}: one type of its details has it. */
    private static Optional<String> reason(Message status) {
        return status.messages(3, MOST).stream()
                .filter(detail -> detail.text(1).equals(Optional.of("type.googleapis.com/google.rpc.ErrorInfo")))
                .findFirst()
                .flatMap(detail -> detail.message(2).text(1));
    }

    /** Whose it is. The server gives all API tokens the same user, except for the time. */
    private static Answers.Identity identity(Message current, Optional<Audience> kind, Words words) {
        boolean api = kind.isPresent() && !kind.get().isPersonal();
        Message user = api ? Message.EMPTY : current.message(1);
        // A google.protobuf.Timestamp.
        long created = api ? current.message(1).message(3).number(1) : 0;
        long days = current.message(2).message(2).number(9);
        return new Answers.Identity(
                words.field(user.text(1), Words.ID),
                words.field(user.text(2), Words.EMAIL),
                words.field(
                        Optional.of(
                                (user.text(4).orElse("") + " " + user.text(5).orElse("")).strip()),
                        Words.PERSON),
                user.number(7) != 0,
                api ? Optional.empty() : memberships(current, 2, words).stream().findFirst(),
                Optional.of(created).filter(one -> one > 0 && one < YEAR_10000).map(Instant::ofEpochSecond),
                Optional.of(days).filter(one -> one > 0 && one < 100_000),
                current.messages(3, 1).stream()
                        .filter(backend -> backend.number(6) == 2)
                        .map(backend -> new Answers.CasBackend(
                                words.shown(backend.text(11), Words.NAME),
                                words.shown(backend.text(7), Words.PROVIDER),
                                words.free(backend.text(12).orElse(""))))
                        .findFirst());
    }

    private static List<Answers.Membership> memberships(Message message, int number, Words words) {
        return message.messages(number, MOST).stream()
                .map(one -> new Answers.Membership(
                        words.shown(one.message(2).text(2), Words.NAME), role((int) one.number(6)), one.number(3) != 0))
                .toList();
    }

    private static String role(int number) {
        return number >= 0 && number < ROLES.size() ? ROLES.get(number) : "role " + number;
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
}
