/** One GET over HTTPS, and what every connection needs: the proxy, and the authorities that are trusted. */
@NullMarked
package dev.chainloop.token.http;

import org.jspecify.annotations.NullMarked;
