package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is removed around a token, and which of it is mentioned. */
class CleanedTest {
    private static final String SPACE = "white space around it";
    private static final String QUOTES = "quotes";
    private static final String BEARER = "`Bearer `";
    private static final String HEADER = "`Authorization: Bearer `";
    private static final String VARIABLE = "`CHAINLOOP_TOKEN=`";
    private static final String EXPORT = "`export CHAINLOOP_TOKEN=`";

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void removesWhatIsAround(String sentence, String raw, String text, List<String> removed) {
        Cleaned cleaned = Cleaned.of(raw);
        assertAll(
                () -> assertEquals(text, cleaned.text(), sentence),
                () -> assertEquals(removed, cleaned.removed(), sentence));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("a bare token stays", "a.b.c", "a.b.c", List.of()),
                arguments("an empty text stays", "", "", List.of()),
                arguments("one line end is not told", "a.b.c\n", "a.b.c", List.of()),
                arguments("one line end of Windows is not told", "a.b.c\r\n", "a.b.c", List.of()),
                arguments("a line end alone is not told", "\n", "", List.of()),
                arguments("two line ends are told", "a.b.c\n\n", "a.b.c", List.of(SPACE)),
                arguments("a carriage return alone is told", "a.b.c\r", "a.b.c", List.of(SPACE)),
                arguments("a line end in front is told", "\na.b.c", "a.b.c", List.of(SPACE)),
                arguments("a blank in front is told", " a.b.c", "a.b.c", List.of(SPACE)),
                arguments("a tab behind is told", "a.b.c\t", "a.b.c", List.of(SPACE)),
                arguments("white space on both sides is told once", " \t a.b.c \r\n", "a.b.c", List.of(SPACE)),
                arguments("only white space leaves nothing", " \t ", "", List.of(SPACE)),
                arguments("white space within stays", "a. b.c", "a. b.c", List.of()),
                arguments("a pair of double quotes", "\"a.b.c\"", "a.b.c", List.of(QUOTES)),
                arguments("a pair of single quotes", "'a.b.c'", "a.b.c", List.of(QUOTES)),
                arguments("one pair of quotes only", "''a.b.c''", "'a.b.c'", List.of(QUOTES)),
                arguments("one pair of quotes only, whatever their sort", "\"'a.b.c'\"", "'a.b.c'", List.of(QUOTES)),
                arguments("quotes that differ stay", "\"a.b.c'", "\"a.b.c'", List.of()),
                arguments("a single quote stays", "'", "'", List.of()),
                arguments("a quote at one end stays", "'a.b.c", "'a.b.c", List.of()),
                arguments("quotes around nothing", "''", "", List.of(QUOTES)),
                arguments("blanks within the quotes go along", "' a.b.c '", "a.b.c", List.of(QUOTES)),
                arguments("the scheme", "Bearer a.b.c", "a.b.c", List.of(BEARER)),
                arguments("the scheme in lower case", "bearer a.b.c", "a.b.c", List.of(BEARER)),
                arguments("the scheme in upper case", "BEARER a.b.c", "a.b.c", List.of(BEARER)),
                arguments("the scheme with more blanks", "Bearer   a.b.c", "a.b.c", List.of(BEARER)),
                arguments("the scheme once", "Bearer Bearer a.b.c", "Bearer a.b.c", List.of(BEARER)),
                arguments("the scheme without a blank stays", "Bearera.b.c", "Bearera.b.c", List.of()),
                arguments("another scheme stays", "Basic a.b.c", "Basic a.b.c", List.of()),
                arguments("the header", "Authorization: Bearer a.b.c", "a.b.c", List.of(HEADER)),
                arguments("the header of HTTP/2", "authorization: bearer a.b.c", "a.b.c", List.of(HEADER)),
                arguments(
                        "the header without a blank",
                        "Authorization:Bearer a.b.c",
                        "a.b.c",
                        List.of("`Authorization:Bearer `")),
                arguments(
                        "a header without the scheme stays", "Authorization: a.b.c", "Authorization: a.b.c", List.of()),
                arguments("the assignment", "CHAINLOOP_TOKEN=a.b.c", "a.b.c", List.of(VARIABLE)),
                arguments(
                        "the assignment once",
                        "CHAINLOOP_TOKEN=CHAINLOOP_TOKEN=a",
                        "CHAINLOOP_TOKEN=a",
                        List.of(VARIABLE)),
                arguments("the assignment of nothing", "CHAINLOOP_TOKEN=", "", List.of(VARIABLE)),
                arguments("a variable's name minds case", "chainloop_token=a.b.c", "chainloop_token=a.b.c", List.of()),
                arguments("another variable stays", "TOKEN=a.b.c", "TOKEN=a.b.c", List.of()),
                arguments("the export", "export CHAINLOOP_TOKEN=a.b.c", "a.b.c", List.of(EXPORT)),
                arguments("an export of quotes", "export CHAINLOOP_TOKEN='a.b.c'\n", "a.b.c", List.of(EXPORT, QUOTES)),
                arguments("a quoted assignment", "'CHAINLOOP_TOKEN=a.b.c'", "a.b.c", List.of(QUOTES, VARIABLE)),
                arguments("a quoted header", "'Authorization: Bearer a.b.c'", "a.b.c", List.of(QUOTES, HEADER)),
                arguments("a quoted token in a header", "Bearer \"a.b.c\"", "a.b.c", List.of(BEARER, QUOTES)),
                arguments(
                        "all at once",
                        "  export CHAINLOOP_TOKEN=\"Authorization: Bearer a.b.c\" \n",
                        "a.b.c",
                        List.of(SPACE, EXPORT, QUOTES, HEADER)));
    }
}
