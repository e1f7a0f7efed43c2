package dev.chainloop.token.source;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a text arose, as far as it tells: the kind of place, and what the text calls it.
 *
 * @param names only names that can be pasted and shown
 */
public record Scene(Place place, Map<PlaceName, String> names) {
    /** A command that names no namespace of its own. */
    private static final Pattern KUBECTL = Pattern.compile("\\bkubectl (?!-n )");

    /** Users whom many machines have, so that only the name of the machine tells which one it is. */
    private static final List<String> EVERYWHERE = List.of(
            "root ubuntu debian admin centos ec2-user azureuser opc vagrant pi deploy build runner jenkins ci git"
                    .split(" ", -1));

    /** A place of which no more is known. */
    public static Scene of(Place place) {
        return new Scene(place, Map.of());
    }

    /** A place with its names; a Deployment and a CronJob can be told by the name of a pod. */
    public static Scene of(Place place, Map<PlaceName, String> names) {
        Map<PlaceName, String> all = new EnumMap<>(PlaceName.class);
        all.putAll(names);
        String pod = names.getOrDefault(PlaceName.POD, "");
        if (!pod.isEmpty()) {
            // Other jobs may be listed beside it.
            all.keySet().removeAll(List.of(PlaceName.CRONJOB, PlaceName.JOB));
        }
        Surroundings.cronJob(pod).ifPresent(job -> all.put(PlaceName.CRONJOB, job));
        Surroundings.deployment(pod).ifPresent(deployment -> all.putIfAbsent(PlaceName.DEPLOYMENT, deployment));
        return new Scene(place, all);
    }

    /** Whether that is not here: another kind of place, or one that the text calls by another name. */
    public boolean isElsewhere(Surroundings here) {
        boolean sameKind = place == here.place() || place.isAttended() || (here.place() == Place.CI && place.isCi());
        Map<PlaceName, String> own = here.names();
        return !sameKind
                || own.entrySet().stream()
                        .anyMatch(name -> names.containsKey(name.getKey())
                                && !names.get(name.getKey()).equals(name.getValue()))
                || (names.containsKey(PlaceName.USER) && !here.isUser(names.get(PlaceName.USER)))
                || (EVERYWHERE.contains(names.getOrDefault(PlaceName.USER, "")) && isOfHost(here, false));
    }

    /** Whether the text names this machine as the one where it arose. */
    public boolean isOnMachine(Surroundings here) {
        return isOfHost(here, true);
    }

    private boolean isOfHost(Surroundings here, boolean own) {
        return Optional.ofNullable(names.get(PlaceName.HOST))
                .flatMap(here::isHost)
                .equals(Optional.of(own));
    }

    /** What it is called, such as "build.service on ci01"; the kind of place where the text gives no name. */
    public String label() {
        StringBuilder label = new StringBuilder();
        for (PlaceName name : new PlaceName[] {
            PlaceName.UNIT,
            PlaceName.POD,
            PlaceName.DEPLOYMENT,
            PlaceName.CONTAINER,
            PlaceName.REPOSITORY,
            PlaceName.USER,
            PlaceName.SYSTEM
        }) {
            if (label.isEmpty()) {
                label.append(names.getOrDefault(name, ""));
            }
        }
        if (names.containsKey(PlaceName.NAMESPACE)) {
            label.append(label.isEmpty() ? place.title() : "").append(" in ").append(names.get(PlaceName.NAMESPACE));
        }
        if (names.containsKey(PlaceName.HOST)) {
            label.append(label.isEmpty() ? "" : " on ").append(names.get(PlaceName.HOST));
        }
        return label.isEmpty() ? place.title() : label.toString();
    }

    /** The place in a sentence, with its names. */
    public String title() {
        return label().startsWith(place.title()) ? label() : place.title() + " (" + label() + ")";
    }

    /** The same without its names, which are not for everybody. */
    public Scene withoutNames() {
        return of(place);
    }

    /** A command or a line with the names in it, as far as they are known. */
    public String named(String line) {
        String named = line;
        for (Map.Entry<PlaceName, String> name : names.entrySet()) {
            String word = name.getKey().placeholder();
            named = word.isEmpty() ? named : replaced(named, word, name.getValue());
        }
        String namespace = names.get(PlaceName.NAMESPACE);
        return namespace == null ? named : KUBECTL.matcher(named).replaceAll("$0-n " + namespace + " ");
    }

    /** Replaces a word, but not where it is a part of another. */
    private static String replaced(String line, String word, String name) {
        StringBuilder replaced = new StringBuilder(line);
        for (int i = line.lastIndexOf(word); i >= 0; i = line.lastIndexOf(word, i - 1)) {
            int end = i + word.length();
            boolean begins = i == 0 || !isOfWord(line.charAt(i - 1));
            boolean ends = end == line.length() || (line.charAt(end) != ':' && !isOfWord(line.charAt(end)));
            if (begins && ends) {
                replaced.replace(i, end, name);
            }
        }
        return replaced.toString();
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || "_-@".indexOf(c) >= 0;
    }
}
