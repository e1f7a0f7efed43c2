package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.scan.TokenScanner;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What people put in place of a token: its name, what it looks like, and what would make it right. The first row that fits
 * counts; a new one is a row here. No name holds a piece of the value.
 */
public enum Lookalike {
    WRAPPED(
            "a token that is broken over several lines, or contains spaces or invisible characters",
            value -> isJwt(value.text.replaceAll("[\\\\=]?\\r?\\n|[\\s\\p{Cf}\\p{Zs}]", "")),
            Cure.STORE_ALONE),
    RECODED(
            "a token with characters that a JWT does not have: %2E, +, / or =",
            value -> isJwt(value.text
                    .replaceAll("%2[eE]", ".")
                    .replace('+', '-')
                    .replace('/', '_')
                    .replace("=", "")),
            Cure.STORE_ALONE),
    BASE64(
            "a token encoded in base64 again, as Kubernetes stores secrets",
            value -> isEncoded(value.text),
            Cure.STORE_ALONE),
    SEVERAL("more than one token", value -> tokens(value.text).size() > 1 || isTwice(value.text), Cure.STORE_ALONE),
    PARTLY_BASE64(
            "a text with a token in base64, as a Kubernetes Secret is",
            value -> holdsEncoded(value.text),
            Cure.STORE_ALONE),
    UTF16("text in UTF-16, as PowerShell's `>` writes it", like("(?s)(\ufffd|.{0,3}\u0000).*"), Cure.STORE_ALONE),
    PRINTED(
            "all that `api-token create` prints for people; with `-o token` it prints the token alone",
            value -> value.text.contains("Save the following token")
                    && !tokens(value.text).isEmpty(),
            Cure.STORE_ALONE),
    JSON("JSON with a token in it", around("(\\{\\s*\"|\\[\\s*\\{).*"), Cure.STORE_ALONE),
    VARIABLE(
            "text that sets a variable to a token",
            around("(#[^\\n]*\\n)*(export |set |\\$env:)?\\w+ ?=.*"),
            Cure.STORE_ALONE),
    YAML("YAML with a token in it", around("[\\w-]+:( |\\s*\\n).*"), Cure.STORE_ALONE),
    SURROUNDED("a text with a token in it", value -> !tokens(value.text).isEmpty(), Cure.STORE_ALONE),
    UNEXPANDED(
            "the name of a variable or a secret that was not replaced by its value",
            like("(?s)\\$\\{\\{.*\\}\\}|\\{\\{.*\\}\\}|[$%#@]\\{.*\\}#?|\\$\\(.*\\)|\\$\\[.*\\]|`[^`]*`|\\$(env:)?\\w+"
                    + "|%\\w+%|__\\w+__|(secrets|vars|env|github|inputs|variables)\\.\\w+"),
            Cure.EXPAND),
    FILE(
            "the path of a file",
            like("@?(~|\\.{1,2})?/[/\\w.@ +-]+|[A-Za-z]:\\\\[^\\n]*|file:\\S*")
                    .or(value -> new File(value.text).isFile()),
            Cure.STORE_WHOLE),

    // Here another token is needed.
    MASK(
            "a mask, which logs show in place of a secret",
            like("[*•●.xX·]{3,}|(?i)[\\[<(](masked|redacted|secret|hidden|filtered)[\\])>]|(?s)\\*{3}.*|(?s).*\\*{3}"),
            Cure.STORE_WHOLE),
    UNSET(
            "what a program prints for a missing value",
            like("(?i)\\(?null\\)?|undefined|none|nil|nan|n/a|<no value>|<nil>|''|\"\"|\\{\\}|\\[\\]|-"),
            Cure.STORE_WHOLE),
    PLACEHOLDER(
            "a placeholder, which examples have in place of a secret",
            like("(?i)(?!.{81})(<[\\w -]+>|[\\[{]?(your|my|insert|put|paste|enter|replace|change)[ _-]?[\\w -]*"
                    + "(token|secret|key|value|here|me)[\\]}]?|todo|tbd|fixme|dummy|placeholder|example)"),
            Cure.STORE_WHOLE),
    REFERENCE(
            "a reference to a secret that was not resolved",
            like("(?i)(op|vault|ref\\+\\w+|secret|env|ssm|gcp-sm|awssm|keyring)://\\S*|vault:[^/\\s]*/\\S*"
                    + "|arn:aws[\\w-]*:(secretsmanager|ssm):\\S*|projects/([^/\\s]+/){1,3}secrets/\\S+"),
            Cure.STORE_WHOLE),
    KEY(
            "a key or a certificate",
            like("(?s)-----BEGIN.*|MII[\\w+/=\\s]{40,}|ssh-\\w+ [\\w+/=]+( [^\\n]*)?|\\{[^{]*\"(kty|keys)\".*"),
            Cure.STORE_WHOLE),
    ADDRESS("a URL", like("(?i)(https?|grpcs?)://\\S+|[\\w.-]+:\\d{2,5}"), Cure.STORE_WHOLE),
    ID(
            "an ID or a fingerprint, not the token itself",
            like("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|sha256:[0-9a-f]{16}"),
            Cure.STORE_WHOLE),

    GITHUB("GitHub", "(gh[pousr]_|github_pat_)\\w+"),
    GITLAB("GitLab", "gl[a-z]{2,6}-[\\w.-]+|GR1348941[\\w-]+"),
    VAULT("Vault", "hv[sbr]\\.[\\w-]+|[sbr]\\.\\w{24,}(\\.\\w+)?"),
    AWS("AWS", "(AKIA|ASIA)[A-Z0-9]{12,}"),
    AZURE("Azure", "\\w{3}\\dQ~[\\w.~-]+"),
    GOOGLE("Google", "AIza[\\w-]+|ya29\\.[\\w.-]+|GOCSPX-[\\w-]+"),
    SLACK("Slack", "xox[a-z]-[\\w.-]+|xapp-[\\w-]+"),
    NPM("npm", "npm_\\w+"),
    PYPI("PyPI", "pypi-[\\w-]+"),
    DOCKER("Docker", "dckr_[a-z]{3}_[\\w-]+"),
    HASHICORP("HashiCorp's Terraform", "\\w+\\.atlasv1\\.\\w+"),
    ATLASSIAN("Atlassian", "AT[A-Z]{2}T3[\\w=-]+"),
    SONAR("SonarQube", "sq[pau]_\\w+"),
    CIRCLECI("CircleCI", "CCIPAT_\\w+"),
    ARTIFACTORY("Artifactory", "AKC[a-z]\\w{20,}|cmVmdGtu[\\w+/=]+"),
    ANTHROPIC("Anthropic", "sk-ant-[\\w-]+"),
    OPENAI("OpenAI", "sk-[\\w-]+"),
    BASIC("HTTP's Basic authentication", "(?i:basic) [\\w+/=]+"),

    ENCRYPTED(
            "an encrypted token (JWE), which only its recipient can read",
            like("ey[\\w-]+\\.[\\w-]*(\\.[\\w-]+){3}"),
            Cure.STORE_WHOLE),
    CUT("a truncated token: only a part of it is there", value -> isCut(value.text), Cure.STORE_WHOLE),
    OTHER_JSON("JSON in which there is no token", like("(?s)\\{\\s*\".*\\}|\\[\\s*[{\"].*\\]"), Cure.STORE_WHOLE),

    /** From here on they are JWTs. */
    ROBOT_ACCOUNT(
            "a robot account's token, which the CLI dropped in v0.91.0; the server still accepts it for attestations",
            audience("attestations.chainloop"),
            Cure.CREATE_API_TOKEN),
    OLD_CLIENT(
            "a user's token from before v0.55 or an old robot account's; neither is accepted any more",
            audience("client.chainloop"),
            Cure.GET_TOKEN),
    ARTIFACT_STORE(
            "a token for one transfer to or from the artifact store, valid for 30 seconds",
            audience("artifact-cas.chainloop"),
            Cure.GET_TOKEN),
    MCP_USER(
            "a user's token for the MCP server, which the control plane's API does not accept",
            audience("mcp-user-auth.chainloop"),
            Cure.GET_TOKEN),

    /** Of these only the issuer, or the subject, is known. */
    SERVICE_ACCOUNT("a Kubernetes service account", value -> value.subject.startsWith("system:serviceaccount:")),
    OF_CIRCLECI("CircleCI", issuer("^https://oidc\\.circleci\\.com/")),
    OF_AZURE(
            "Azure",
            issuer("^https://(login\\.microsoftonline\\.com|sts\\.windows\\.net|vstoken\\.dev\\.azure\\.com)/")),
    OF_GOOGLE("Google", issuer("^https://accounts\\.google\\.com|^https://container\\.googleapis\\.com/")),
    OF_AWS("AWS", issuer("\\.amazonaws\\.com(/|$)")),
    OF_VAULT("Vault", issuer("/v1/identity/oidc")),
    OF_BITBUCKET("Bitbucket", issuer("^https://api\\.bitbucket\\.org/")),
    OF_BUILDKITE("Buildkite", issuer("^https://agent\\.buildkite\\.com")),
    OF_TERRAFORM("Terraform", issuer("^https://app\\.terraform\\.io"));

    private static final Parser PARSER = new Parser();

    final String what;
    final Cure cure;

    @SuppressWarnings("ImmutableEnumChecker") // It has no state.
    private final Predicate<Value> looks;

    Lookalike(String name, Predicate<Value> looks, Cure cure) {
        this.what = "it is " + name;
        this.looks = looks;
        this.cure = cure;
    }

    Lookalike(String issuer, Predicate<Value> looks) {
        this("a token of " + issuer, looks, Cure.CREATE_API_TOKEN);
    }

    Lookalike(String service, String pattern) {
        this("a token or a key of " + service, like(pattern), Cure.STORE_WHOLE);
    }

    /** What a value that is not a JWT is instead, if it looks like any of these. */
    static Optional<Lookalike> of(String text) {
        return of(new Value(text.strip(), List.of(), "", ""));
    }

    /** What a JWT without a type is, if it is any of these. */
    static Optional<Lookalike> of(Claims claims) {
        String subject = claims.text("sub").orElse("");
        return of(new Value("", claims.audience(), claims.text("iss").orElse(""), subject));
    }

    private static Optional<Lookalike> of(Value value) {
        return Arrays.stream(values()).filter(row -> row.looks.test(value)).findFirst();
    }

    /** Whether it is another service's token, which its audience does not tell. */
    boolean isOfAnIssuer() {
        return compareTo(SERVICE_ACCOUNT) >= 0;
    }

    private static Predicate<Value> like(String pattern) {
        Predicate<String> matches = Pattern.compile(pattern).asMatchPredicate();
        return value -> matches.test(value.text);
    }

    /** A text of that form, with a token in it. */
    private static Predicate<Value> around(String pattern) {
        Predicate<Value> form = like("(?s)" + pattern);
        return value -> form.test(value) && !tokens(value.text).isEmpty();
    }

    private static Predicate<Value> issuer(String pattern) {
        Predicate<String> matches = Pattern.compile(pattern).asPredicate();
        return value -> matches.test(value.issuer);
    }

    private static Predicate<Value> audience(String audience) {
        return value -> value.audience.contains(audience);
    }

    /** The tokens in a text, as they are or in base64. */
    private static List<String> tokens(String text) {
        return TokenScanner.find(text).stream().filter(Lookalike::isJwt).toList();
    }

    private static boolean holdsEncoded(String text) {
        String bare = text.replaceAll("\\\\[rn]|[^\\w.-]", "");
        return tokens(text).stream().anyMatch(token -> !bare.contains(token));
    }

    private static boolean isJwt(String text) {
        try {
            PARSER.decode(text);
            return true;
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    /** Whether it is base64 of a token; Kubernetes adds one layer, and people another. */
    private static boolean isEncoded(String text) {
        String once = decoded(text);
        return isJwt(once.strip()) || isJwt(decoded(once).strip());
    }

    private static String decoded(String base64) {
        try {
            String standard = base64.replaceAll("\\s", "").replace('-', '+').replace('_', '/');
            return new String(Base64.getDecoder().decode(standard), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Whether a token was pasted twice, with nothing in between. */
    private static boolean isTwice(String text) {
        String half = text.substring(0, text.length() / 2);
        return text.equals(half + half) && isJwt(half);
    }

    /** Whether a part of a token can be read and the rest is missing, perhaps with dots in its place; e30 is an empty object. */
    private static boolean isCut(String text) {
        String[] parts = text.split("\\.", -1);
        return text.matches("ey[\\w-]{10,}|(?=.*(…|\\.\\.|\\*\\*|\\[))ey[\\w.*\\[\\]…-]*")
                || (parts.length == 2 && isJwt(parts[0] + ".e30."))
                || (parts.length == 3 && isJwt("e30." + parts[1] + ".") && !isJwt(parts[0] + ".e30."));
    }

    /** A value in place of a token; its text is empty where it is a JWT, and its audience where it is not. */
    private record Value(String text, List<String> audience, String issuer, String subject) {}
}
