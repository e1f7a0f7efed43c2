package dev.chainloop.token.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which value a field's name selects, and how it is written. */
class FieldsTest {
    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a header | {} | header.alg | `HS256\n` | 0
            a claim within a claim | {"a":{"b":{"c":"x"}}} | claims.a.b.c | `x\n` | 0
            a dot in a name | {"a.b":"x"} | claims.a.b | `x\n` | 0
            a name that is a URL | {"https://ci.example/id":"x"} | claims.https://ci.example/id | `x\n` | 0
            the longest name first | {"a":{"b":"short"},"a.b":"long"} | claims.a.b | `long\n` | 0
            the longest name first on the way | {"a":{"b.c":"short"},"a.b":{"c":"long"}} | claims.a.b.c | `long\n` | 0
            a longer name that leads nowhere | {"a":{"b":{"c":"x"}},"a.b":{"d":"y"}} | claims.a.b.c | `x\n` | 0
            an object on the way is a string | {"a":"x"} | claims.a.b | `\n` | 1
            no members of arrays | {"a":["x"]} | claims.a.0 | `\n` | 1
            absent | {"a":"x"} | claims.b | `\n` | 1
            null | {"a":null} | claims.a | `\n` | 1
            an empty string | {"a":""} | claims.a | `\n` | 0
            a number as written | {"a":1.10} | claims.a | `1.10\n` | 0
            a command | {"a":"::x"} | claims.a | `\\u003a:x\n` | 0
            a command in an array | {"a":["##[x]"]} | claims.a | `["#\\u0023[x]"]\n` | 0
            several, one absent | {"a":"x","c":"z"} | claims.a,claims.b,claims.c | `x\n\nz\n` | 1
            keys of the output | {} | schemaVersion,status,kind,id,expired | `1\ntyped\nuser\nu\n\n` | 1
            an object of ours | {} | source | `{"kind":"stdin","name":"stdin"}\n` | 0
            within an object of ours | {} | source.kind | `stdin\n` | 0
            """)
    void aNameReachesOneValue(String what, String json, String names, String out, int status) {
        String typed = "{\"aud\":\"user-auth.chainloop\",\"user_id\":\"u\""
                + (json.equals("{}") ? "}" : "," + json.substring(1));
        CliRun.Result result =
                CliRun.withHome(home).stdin(TokenMint.token(typed)).run("--field", names);
        assertEquals(new CliRun.Result(status, out, ""), result);
    }

    @Test
    void theNamesAreTheKeysThatTheSchemaRequiresAndTheCheck() throws IOException {
        List<String> required = new ArrayList<>();
        Payload.read(Files.readString(Path.of("src/site/markdown/schema.json")))
                .at("/$defs/answer/required")
                .forEach(name -> required.add(name.asText()));
        required.add("check");
        assertEquals(new TreeSet<>(required), new TreeSet<>(JsonReport.topLevelNames()));
    }
}
