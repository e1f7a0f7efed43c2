/** What the tests share: tokens, and runs of the command line. */
package dev.chainloop.token.testing;
