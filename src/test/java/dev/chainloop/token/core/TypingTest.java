package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.TokenMint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "aud":"api-token-auth.chainloop"                    | AUTH_TYPE_API_TOKEN the-jti
            "aud":"chainloop"                                   | AUTH_TYPE_FEDERATED the-issuer
            "aud":"user-auth.chainloop chainloop"               | nil
            "aud":["user-auth.chainloop","user-auth.chainloop"] | AUTH_TYPE_USER the-user
            "aud":[null,5,["chainloop"],{},"","user-auth.chainloop"] | AUTH_TYPE_USER the-user
            "x":1                                               | nil
            "aud":null                                          | nil
            "aud":""                                            | nil
            "aud":{"chainloop":"chainloop"}                     | nil
            "AUD":["chainloop"]                                 | nil
            "Aud":"chainloop","aud":"user-auth.chainloop"       | AUTH_TYPE_USER the-user
            "\\u0061ud":"user-auth.chainloop"                   | AUTH_TYPE_USER the-user
            "aud":"User-Auth.chainloop"                         | nil
            `"aud":"chainloop "`                                | nil
            "aud":"user-auth.chainloop.example"                 | nil
            """)
    void onlyAStringOrAnArrayOfStringsNamesAudiences(String aud, String kind) throws MalformedTokenException {
        assertEquals(kind, kind("{" + aud + "," + IDENTITIES + "}"));
    }

    /** For each kind, an audience set where that kind wins and others could follow. */
    @ParameterizedTest
    @EnumSource
    void withoutItsIdentityATokenIsNilAndNoOtherKindFollows(Audience audience) throws MalformedTokenException {
        for (String odd : List.of("", "\"\"", "null", "5", "true", "[\"x\"]", "{}")) {
            isNil(audience, odd.isEmpty() ? "" : "\"" + audience.identityClaim() + "\":" + odd + ",");
        }
    }

    private void isNil(Audience audience, String identity) throws MalformedTokenException {
        StringBuilder json = new StringBuilder("{").append(identity).append("\"aud\":[");
        for (Audience other : Audience.values()) {
            json.append(other.compareTo(audience) >= 0 ? "\"" + other.value() + "\"," : "");
        }
        json.append("\"unknown\"]");
        Stream.of(Audience.values())
                .map(Audience::identityClaim)
                .filter(claim -> !claim.equals(audience.identityClaim()))
                .distinct()
                .forEach(claim -> json.append(",\"" + claim + "\":\"x\""));
        DecodedToken decoded = parser.decode(TokenMint.token(json.append('}').toString()));
        assertEquals(Optional.of(audience), decoded.claims().matchedAudience());
        assertEquals(Optional.empty(), parser.type(decoded.claims()));
    }

    @Test
    void anApiTokenHasAllItsFields() throws MalformedTokenException {
        String json = """
                {"aud":["api-token-auth.chainloop"],"jti":"t","org_id":"o","org_name":"on","token_name":"tn",
                "project_id":"p","project_name":"pn","workflow_id":"w","workflow_name":"wn",
                "scope_type":"organization","scope":"product","scope_id":"s"}""";
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
        for (String name :
                List.of("org_id org_name token_name project_id project_name workflow_id workflow_name scope scope_id"
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
            GitHub, a number                 | "repository_owner_id":12                         | 12     |     |
            GitLab, a number                 | "namespace_id":34,"project_path":"c/d"           | 34     | c/d |
            both, GitHub first               | "repository_owner_id":"12","namespace_id":"34"   | 12     |     |
            GitHub's odd                     | "repository_owner_id":[12],"namespace_id":"34"   | 34     |     |
            both repositories, a subject     | "project_path":"c/d","repository":"a/b","sub":"s" |      | a/b | s
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
