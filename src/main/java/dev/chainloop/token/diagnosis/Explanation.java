package dev.chainloop.token.diagnosis;

import java.util.List;

/**
 * What a message means for the token at hand.
 *
 * @param match the message
 * @param causes what could be behind it, the surest first
 * @param remedy what to do
 * @param further other messages in the same text
 */
public record Explanation(MessageMatch match, List<Cause> causes, String remedy, List<MessageMatch> further) {}
