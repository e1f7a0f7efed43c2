/** The command line: picocli and nothing about tokens. Commands wire the other packages together. */
@NullMarked
package dev.chainloop.token.cli;

import org.jspecify.annotations.NullMarked;
