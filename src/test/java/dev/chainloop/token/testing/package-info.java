/** What the tests share: a mint for tokens, and runs of the command line. */
package dev.chainloop.token.testing;
