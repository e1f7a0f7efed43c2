package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.chainloop.token.testing.TokenMint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From claims to a typed token or nil. */
class TypingTest {
    private static final String API = "\"api-token-auth.chainloop\"";
    private static final String USER = "\"user-auth.chainloop\"";
    private static final String GENERIC = "\"chainloop\"";
    private static final Optional<String> NONE = Optional.empty();
    private static final Token.Named NOTHING = new Token.Named(NONE, NONE);

    /** Identities for every kind, so that the audience alone decides. */
    private static final String IDENTITIES = "\"jti\":\"the-jti\",\"user_id\":\"the-user\",\"iss\":\"the-issuer\"";

    private final Parser parser = new Parser();

    /** Every subset of the known audiences, an unknown one and one that is no string, in every order, as Chainloop #2828 has it: 326 rows. */
    static Stream<Arguments> audiences() {
        List<Arguments> rows = new ArrayList<>();
        arrange(List.of(), List.of(API, USER, GENERIC, "\"other.example\"", "5"), rows);
        return rows.stream();
    }

    private static void arrange(List<String> chosen, List<String> left, List<Arguments> rows) {
        rows.add(Arguments.of("[" + String.join(",", chosen) + "]", kindOf(chosen)));
        for (String next : left) {
            List<String> more = new ArrayList<>(chosen);
            more.add(next);
            List<String> less = new ArrayList<>(left);
            less.remove(next);
            arrange(more, less, rows);
        }
    }

    private static String kindOf(List<String> members) {
        if (members.contains(API)) {
            return "AUTH_TYPE_API_TOKEN the-jti";
        }
        if (members.contains(USER)) {
            return "AUTH_TYPE_USER the-user";
        }
        return members.contains(GENERIC) ? "AUTH_TYPE_FEDERATED the-issuer" : "nil";
    }

    @ParameterizedTest
    @MethodSource("audiences")
    void theKindFollowsThePriorityWhateverTheOrder(String aud, String kind) throws MalformedTokenException {
        assertEquals(kind, kind("{\"aud\":" + aud + "," + IDENTITIES + "}"));
    }

    static Stream<Arguments> oddAudiences() {
        return Stream.of(
                argumentSet("one string, API token", "\"aud\":" + API, "AUTH_TYPE_API_TOKEN the-jti"),
                argumentSet("one string, user", "\"aud\":" + USER, "AUTH_TYPE_USER the-user"),
                argumentSet("one string, generic", "\"aud\":" + GENERIC, "AUTH_TYPE_FEDERATED the-issuer"),
                argumentSet("one string, unknown", "\"aud\":\"unknown\"", "nil"),
                argumentSet("one string of two audiences", "\"aud\":\"user-auth.chainloop chainloop\"", "nil"),
                argumentSet("a member twice", "\"aud\":[" + USER + "," + USER + "]", "AUTH_TYPE_USER the-user"),
                argumentSet(
                        "members that are no strings",
                        "\"aud\":[null,5,true,[" + API + "],{},\"\"," + USER + "]",
                        "AUTH_TYPE_USER the-user"),
                argumentSet(
                        "only members that are no strings",
                        "\"aud\":[null,5,true,[" + API + "],{\"a\":" + API + "}]",
                        "nil"),
                argumentSet("missing", "\"x\":1", "nil"),
                argumentSet("null", "\"aud\":null", "nil"),
                argumentSet("an empty string", "\"aud\":\"\"", "nil"),
                argumentSet("a number", "\"aud\":5", "nil"),
                argumentSet("true", "\"aud\":true", "nil"),
                argumentSet("an object", "\"aud\":{" + USER + ":" + USER + "}", "nil"),
                argumentSet("AUD", "\"AUD\":[" + USER + "]", "nil"),
                argumentSet("Aud beside aud", "\"Aud\":" + API + ",\"aud\":" + USER, "AUTH_TYPE_USER the-user"),
                argumentSet("aud by an escape", "\"\\u0061ud\":" + USER, "AUTH_TYPE_USER the-user"),
                argumentSet("an audience in capitals", "\"aud\":\"User-Auth.chainloop\"", "nil"),
                argumentSet("an audience with a blank", "\"aud\":\"chainloop \"", "nil"),
                argumentSet("a part of an audience", "\"aud\":\"user-auth\"", "nil"),
                argumentSet("an audience and more", "\"aud\":\"user-auth.chainloop.example\"", "nil"),
                argumentSet("an old user's or robot's", "\"aud\":[\"client.chainloop\"]", "nil"),
                argumentSet("a robot account's", "\"aud\":[\"attestations.chainloop\"]", "nil"),
                argumentSet("the artifact store's", "\"aud\":[\"artifact-cas.chainloop\"]", "nil"),
                argumentSet("a custom user audience", "\"aud\":[\"mcp-user-auth.chainloop\"]", "nil"));
    }

    @ParameterizedTest
    @MethodSource("oddAudiences")
    void onlyAStringOrAnArrayOfStringsNamesAudiences(String aud, String kind) throws MalformedTokenException {
        assertEquals(kind, kind("{" + aud + "," + IDENTITIES + "}"));
    }

    /** For each kind, an audience set where that kind wins and others could follow. */
    static Stream<Arguments> identities() {
        List<Arguments> rows = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            rows.add(argumentSet(audience + " without it", audience, ""));
            for (String odd : List.of("\"\"", "null", "5", "true", "[\"x\"]", "{}")) {
                rows.add(argumentSet(
                        audience + " with " + odd, audience, "\"" + audience.identityClaim() + "\":" + odd + ","));
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("identities")
    void withoutItsIdentityATokenIsNilAndNoOtherKindFollows(Audience audience, String identity)
            throws MalformedTokenException {
        StringBuilder json = new StringBuilder("{").append(identity).append("\"aud\":[");
        for (Audience other : Audience.values()) {
            json.append(other.compareTo(audience) >= 0 ? "\"" + other.value() + "\"," : "");
        }
        json.append("\"unknown\"]");
        for (Audience other : Audience.values()) {
            json.append(other == audience ? "" : ",\"" + other.identityClaim() + "\":\"x\"");
        }
        DecodedToken decoded = parser.decode(TokenMint.token(json.append('}').toString()));
        assertEquals(Optional.of(audience), decoded.claims().matchedAudience());
        assertEquals(Optional.empty(), parser.type(decoded.claims()));
    }

    @Test
    void theOrderOfTheAudiencesIsThePriority() {
        List<List<String>> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            words.add(List.of(audience.value(), audience.word(), audience.authType(), audience.identityClaim()));
        }
        assertEquals(
                List.of(
                        List.of("api-token-auth.chainloop", "api-token", "AUTH_TYPE_API_TOKEN", "jti"),
                        List.of("user-auth.chainloop", "user", "AUTH_TYPE_USER", "user_id"),
                        List.of("chainloop", "federated", "AUTH_TYPE_FEDERATED", "iss")),
                words);
    }

    @Test
    void theDocumentedExamplesAreTyped() throws MalformedTokenException {
        assertEquals(
                Optional.of(new UserToken("bc0b2199-ca85-42ab-a857-042e9c109d43")),
                parser.parse(TokenMint.token(TokenMint.USER)));
        assertEquals(
                Optional.of(new ApiToken(
                        "4b0f0dd4-4538-4269-92a9-ab5b0fce0258",
                        new Token.Named(Optional.of("dddb8201-eab6-4e61-9201-f12b47c01892"), Optional.of("acme")),
                        Optional.of("ci"),
                        NOTHING,
                        NOTHING,
                        NONE,
                        NONE)),
                parser.parse(TokenMint.token(TokenMint.API_TOKEN)));
        assertEquals(
                Optional.of(new FederatedToken(
                        "https://token.actions.githubusercontent.com",
                        Optional.of("1234"),
                        Optional.of("acme/web"),
                        Optional.of("repo:acme/web:ref:refs/heads/main"))),
                parser.parse(TokenMint.token(TokenMint.FEDERATED)));
    }

    @Test
    void anApiTokenHasAllItsFields() throws MalformedTokenException {
        String json = """
                {"aud":["api-token-auth.chainloop"],"jti":"t","org_id":"o","org_name":"on","token_name":"tn",
                "project_id":"p","project_name":"pn","workflow_id":"w","workflow_name":"wn",
                "scope":"product","scope_id":"s"}""";
        assertEquals(
                new ApiToken(
                        "t",
                        new Token.Named(Optional.of("o"), Optional.of("on")),
                        Optional.of("tn"),
                        new Token.Named(Optional.of("p"), Optional.of("pn")),
                        new Token.Named(Optional.of("w"), Optional.of("wn")),
                        Optional.of("product"),
                        Optional.of("s")),
                parsed(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "5", "true", "[\"x\"]", "{\"x\":\"y\"}"})
    void anEmptyOrOddFieldOfAnApiTokenIsAbsent(String odd) throws MalformedTokenException {
        StringBuilder json = new StringBuilder("{\"aud\":[" + API + "],\"jti\":\"t\"");
        for (String name : List.of(
                ("org_id org_name token_name project_id project_name workflow_id workflow_name scope " + "scope_id")
                        .split(" "))) {
            json.append(",\"").append(name).append("\":").append(odd);
        }
        assertEquals(
                new ApiToken("t", NOTHING, NONE, NOTHING, NOTHING, NONE, NONE),
                parsed(json.append('}').toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing but the issuer           | "x":1                                            |        |     |
            GitHub, a string                 | "repository_owner_id":"12"                       | 12     |     |
            GitHub, a number                 | "repository_owner_id":12                         | 12     |     |
            GitLab, a string                 | "namespace_id":"34"                              | 34     |     |
            GitLab, a number                 | "namespace_id":34                                | 34     |     |
            a number as it was written       | "namespace_id":3.40e1                            | 3.40e1 |     |
            both, GitHub first               | "repository_owner_id":"12","namespace_id":"34"   | 12     |     |
            both, GitLab first               | "namespace_id":"34","repository_owner_id":12     | 12     |     |
            GitHub's empty                   | "repository_owner_id":"","namespace_id":"34"     | 34     |     |
            GitHub's odd                     | "repository_owner_id":[12],"namespace_id":"34"   | 34     |     |
            both odd                         | "repository_owner_id":null,"namespace_id":true   |        |     |
            GitHub's repository              | "repository":"a/b"                               |        | a/b |
            GitLab's project                 | "project_path":"c/d"                             |        | c/d |
            both repositories                | "project_path":"c/d","repository":"a/b"          |        | a/b |
            an empty repository              | "repository":"","project_path":"c/d"             |        | c/d |
            a repository that is a number    | "repository":5                                   |        |     |
            a subject                        | "sub":"s"                                        |        |     | s
            an empty subject                 | "sub":""                                         |        |     |
            a subject that is a number       | "sub":5                                          |        |     |
            """)
    void aFederatedTokenHasItsProvidersFields(
            String what, String json, String namespace, String repository, String subject)
            throws MalformedTokenException {
        assertEquals(
                new FederatedToken(
                        "https://ci.example",
                        Optional.ofNullable(namespace),
                        Optional.ofNullable(repository),
                        Optional.ofNullable(subject)),
                parsed("{\"aud\":\"chainloop\",\"iss\":\"https://ci.example\"," + json + "}"),
                what);
    }

    /** Nothing mints that, and it is typed all the same. */
    @Test
    void theGenericAudienceOfChainloopItselfIsFederated() throws MalformedTokenException {
        assertEquals(
                new FederatedToken("cp.chainloop", NONE, NONE, NONE),
                parsed("{\"aud\":\"chainloop\",\"iss\":\"cp.chainloop\"}"));
    }

    private String kind(String json) throws MalformedTokenException {
        Optional<Token> token = parser.parse(TokenMint.token(json));
        return token.isPresent()
                ? token.get().audience().authType() + " " + token.get().id()
                : "nil";
    }

    private Token parsed(String json) throws MalformedTokenException {
        return parser.parse(TokenMint.token(json)).orElseThrow();
    }
}
