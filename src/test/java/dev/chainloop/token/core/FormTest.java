package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormTest {
    /** On both sides of each border; {@code {2}} repeats the two letters before it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id      | 8c1d2b3c-0000-4000-8000-000000000001 | 8c1d2b3c-0000-4000-8000-00000000000
            id      | 8C1D2B3C-0000-4000-8000-00000000000F | 8c1d2b3c00000-4000-8000-000000000001
            id      | 8c1d2b3f-0000-4000-8000-000000000001 | 8c1d2b3g-0000-4000-8000-000000000001
            issuer  | a.{126}a                 | a.{126}aa
            issuer  | [1:{20}]                 | [1:{20}1]
            issuer  | [::ffff:1.2.3.4]         | HTTPS://a
            issuer  | https://a:65535          | https://a:655350
            issuer  | https://[::1]:1          | https://a:
            issuer  | https://a:1/x~y_Z.1/xx{20} | https://a/xx{20}x
            repository | A-1/bC                | a/b/c
            repository | a/xx{31}              | a/xx{32}
            repository | a/b                   | ~root/x
            """)
    void aFormEndsWhereItSays(String form, String inside, String outside) {
        assertEquals("true, false", has(form, inside) + ", " + has(form, outside));
    }

    private static boolean has(String form, String text) {
        String whole = Pattern.compile("(..)\\{(\\d+)}")
                .matcher(text)
                .replaceAll(all -> all.group(1).repeat(Integer.parseInt(all.group(2))));
        return switch (form) {
            case "id" -> Form.isId(whole);
            case "issuer" -> Form.isIssuer(whole);
            default -> Form.isRepository(whole);
        };
    }
}
