package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

    /** Every subset of the known audiences, an unknown one and one that is not a string, in every order, as Chainloop #2828 has it. */
    @Test
    void theKindFollowsThePriorityWhateverTheOrder() throws MalformedTokenException {
        arrange(List.of(), List.of(API, USER, GENERIC, "\"other.example\"", "5"));
    }

    private void arrange(List<String> chosen, List<String> left) throws MalformedTokenException {
        String aud = "[" + String.join(",", chosen) + "]";
        assertEquals(kindOf(chosen), kind("{\"aud\":" + aud + "," + IDENTITIES + "}"), aud);
        for (String next : left) {
            List<String> more = new ArrayList<>(chosen);
            more.add(next);
            List<String> less = new ArrayList<>(left);
            less.remove(next);
            arrange(more, less);
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

    /** For each kind, an audience set where that kind is chosen and others could follow. */
    @ParameterizedTest
    @EnumSource
    void withoutItsIdentityATokenIsNilAndNoOtherKindFollows(Audience audience) throws MalformedTokenException {
        List<String> audiences = new ArrayList<>(List.of("unknown"));
        EnumSet.range(audience, Audience.GENERIC).forEach(one -> audiences.add(one.value()));
        Map<String, Object> claims = new HashMap<>();
        for (Audience other : Audience.values()) {
            claims.put(other.identityClaim(), "x");
        }
        claims.put("aud", audiences);
        for (Object odd : Arrays.asList("", null, 5, true, List.of("x"), Map.of())) {
            claims.put(audience.identityClaim(), odd);
            assertNil(audience, claims);
        }
        claims.remove(audience.identityClaim());
        assertNil(audience, claims);
    }

    private void assertNil(Audience audience, Map<String, Object> claims) throws MalformedTokenException {
        DecodedToken decoded = parser.decode(TokenMint.token(Payload.write(claims)));
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
    void anEmptyOrOddFieldOfAnApiTokenIsMissing(String odd) throws MalformedTokenException {
        Map<String, Object> claims = new HashMap<>(Map.of("aud", List.of("api-token-auth.chainloop"), "jti", "t"));
        for (String name : "org_id org_name token_name project_id project_name workflow_id workflow_name scope scope_id"
                .split(" ")) {
            claims.put(name, Payload.read(odd));
        }
        assertEquals(new ApiToken("t", NOTHING, NONE, NOTHING, NOTHING, NONE, NONE), parsed(Payload.write(claims)));
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
