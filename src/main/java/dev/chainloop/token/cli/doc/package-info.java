/** Help, manual and completions, all made from the commands' own model. */
@NullMarked
package dev.chainloop.token.cli.doc;

import org.jspecify.annotations.NullMarked;
