package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is removed around a token, and which of it is mentioned. */
class CleanedTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a bare token stays        | a.b.c                             | a.b.c   | ^^
            an empty text stays       | ^^                                | ^^      | ^^
            one line end is not told  | a.b.c<LF>                         | a.b.c   | ^^
            one line end of Windows is not told | a.b.c<CR><LF>                     | a.b.c   | ^^
            a line end alone is not told | <LF>                              | ^^      | ^^
            two line ends are told    | a.b.c<LF><LF>                     | a.b.c   | white space around it
            a carriage return alone is told | a.b.c<CR>                         | a.b.c   | white space around it
            a line end in front is told | <LF>a.b.c                         | a.b.c   | white space around it
            a blank in front is told  | ^ a.b.c^                          | a.b.c   | white space around it
            a tab behind is told      | a.b.c<TAB>                        | a.b.c   | white space around it
            white space on both sides is told once | ^ <TAB> a.b.c <CR><LF>^           | a.b.c   | white space around it
            only white space leaves nothing | ^ <TAB> ^                         | ^^      | white space around it
            white space within stays  | a. b.c                            | a. b.c  | ^^
            a pair of double quotes   | "a.b.c"                           | a.b.c   | quotes
            a pair of single quotes   | 'a.b.c'                           | a.b.c   | quotes
            one pair of quotes only   | ''a.b.c''                         | 'a.b.c' | quotes
            one pair of quotes only, whatever their sort | "'a.b.c'"                         | 'a.b.c' | quotes
            quotes that differ stay   | "a.b.c'                           | "a.b.c' | ^^
            a single quote stays      | '                                 | '       | ^^
            a quote at one end stays  | 'a.b.c                            | 'a.b.c  | ^^
            quotes around nothing     | ''                                | ^^      | quotes
            blanks within the quotes go along | ' a.b.c '                         | a.b.c   | quotes
            the scheme                | Bearer a.b.c                      | a.b.c   | `Bearer `
            the scheme in lower case  | bearer a.b.c                      | a.b.c   | `Bearer `
            the scheme in upper case  | BEARER a.b.c                      | a.b.c   | `Bearer `
            the scheme with more blanks | Bearer   a.b.c                    | a.b.c   | `Bearer `
            the scheme once           | Bearer Bearer a.b.c               | Bearer a.b.c | `Bearer `
            the scheme without a blank stays | Bearera.b.c                       | Bearera.b.c | ^^
            another scheme stays      | Basic a.b.c                       | Basic a.b.c | ^^
            the header                | Authorization: Bearer a.b.c       | a.b.c   | `Authorization: Bearer `
            the header of HTTP/2      | authorization: bearer a.b.c       | a.b.c   | `Authorization: Bearer `
            the header without a blank | Authorization:Bearer a.b.c        | a.b.c   | `Authorization:Bearer `
            a header without the scheme stays | Authorization: a.b.c              | Authorization: a.b.c | ^^
            the assignment            | CHAINLOOP_TOKEN=a.b.c             | a.b.c   | `CHAINLOOP_TOKEN=`
            the assignment once       | CHAINLOOP_TOKEN=CHAINLOOP_TOKEN=a | CHAINLOOP_TOKEN=a | `CHAINLOOP_TOKEN=`
            the assignment of nothing | CHAINLOOP_TOKEN=                  | ^^      | `CHAINLOOP_TOKEN=`
            a variable's name minds case | chainloop_token=a.b.c             | chainloop_token=a.b.c | ^^
            another variable stays    | TOKEN=a.b.c                       | TOKEN=a.b.c | ^^
            the export                | export CHAINLOOP_TOKEN=a.b.c      | a.b.c   | `export CHAINLOOP_TOKEN=`
            an export of quotes       | export CHAINLOOP_TOKEN='a.b.c'<LF> | a.b.c   | `export CHAINLOOP_TOKEN=`, quotes
            a quoted assignment       | 'CHAINLOOP_TOKEN=a.b.c'           | a.b.c   | quotes, `CHAINLOOP_TOKEN=`
            a quoted header           | 'Authorization: Bearer a.b.c'     | a.b.c   | quotes, `Authorization: Bearer `
            a quoted token in a header | Bearer "a.b.c"                    | a.b.c   | `Bearer `, quotes
            all at once               | ^  export CHAINLOOP_TOKEN="Authorization: Bearer a.b.c" <LF>^ | a.b.c   |\
             white space around it, `export CHAINLOOP_TOKEN=`, quotes, `Authorization: Bearer `
            """)
    void removesWhatIsAround(String sentence, String raw, String text, String removed) {
        Cleaned cleaned = Cleaned.of(unnamed(raw));
        assertEquals(unnamed(text), cleaned.text());
        assertEquals(removed, String.join(", ", cleaned.removed()));
    }

    private static String unnamed(String text) {
        return text.replace("<LF>", "\n").replace("<CR>", "\r").replace("<TAB>", "\t");
    }
}
