package dev.chainloop.token.explain;

import java.util.regex.Pattern;

/** What a text tells of the place of its commands, whatever command says it; hostile. */
enum LogFact {
    /** Where a command has no option for it. */
    CONTROL_PLANE("CHAINLOOP_CONTROL_PLANE_API[=:] ?[\"']?([a-z0-9.-]{1,99}:\\d{1,5})(?!\\w)", 0),
    /** The name that was asked for, without a port. */
    HOST("lookup ([a-z0-9][a-z0-9.-]{1,99})(?: on|:) ", 0),
    ORGANIZATION("(?:CHAINLOOP_ORGANIZATION[=:]|\\borganization =) ?[\"']?([a-z0-9-]{1,63})\\b", 0),
    /** A proxy names itself behind its refusal. */
    PROXY(
            "(?:\\bVia: ?[\\d.]{1,4} |(?i:https?_proxy)[=:] ?[\"']?(?:http://)?)"
                    + "([a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})+(?::\\d{1,5})?)(?![\\w:@.-])",
            400),
    ISSUER("providerURL=(https://[a-z0-9.:/-]{1,99})", 0),
    /** The home folder is no user's. */
    ROOT("(?:creating config file|mkdir|config file:[^\n]{0,20}?) (/\\.config)\\b", 0);

    final Pattern pattern;

    /** How far behind a message it may stand. */
    final int behind;

    LogFact(String pattern, int behind) {
        this.pattern = Pattern.compile(pattern);
        this.behind = behind;
    }
}
