package dev.chainloop.token.core;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chainloop.token.testing.TokenMint;
import java.nio.charset.StandardCharsets;

/** Texts of any kind as tokens, and as the payload of one. */
class ParserFuzz {
    @FuzzTest(maxDuration = "7m")
    void parse(byte[] bytes) {
        ParserOracle oracle = new ParserOracle();
        String text = new String(bytes, StandardCharsets.UTF_8);
        oracle.check(text);
        oracle.check("e30." + TokenMint.encode(bytes) + ".");
    }
}
