package dev.chainloop.token.render;

/** A labeled value, not yet sanitized. */
record Fact(String label, String value) {}
