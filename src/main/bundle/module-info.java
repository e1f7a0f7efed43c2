/**
 * The shaded jar as a module, for the bundle's run-time image.
 *
 * <p>jackson-databind, which the TOML parser's jar brings along, also refers to {@code java.sql}, {@code java.xml} and
 * {@code java.desktop}. Nothing on this tool's way loads it, so the image does without them.
 */
module dev.chainloop.token {}
