package dev.chainloop.token;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.FileDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.spi.SelectorProvider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;

/** Which package may use which other, and which class alone may use what. */
@AnalyzeClasses(packages = "dev.chainloop.token", importOptions = ImportOption.DoNotIncludeTests.class)
final class BoundariesTest {

    private static final String ROOT = "dev.chainloop.token";

    /** Each sees only the packages after it; but the two ways to say what is wrong know nothing of each other. */
    private static final List<String> LAYERS =
            List.of("cli render ask explain check advice diagnosis verification source io scan core".split(" "));

    @ArchTest
    static final ArchRule ARROWS_RUN_ONE_WAY = arrows();

    private static ArchRule arrows() {
        Architectures.LayeredArchitecture rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("main")
                .definedBy(ROOT);
        for (String layer : LAYERS) {
            rule = rule.layer(layer).definedBy(ROOT + "." + layer + "..");
        }
        for (String layer : LAYERS) {
            List<String> seen = new ArrayList<>(LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()));
            if (layer.equals("explain")) {
                seen.remove("check");
            }
            rule = seen.isEmpty() || layer.equals("io") // It knows nothing of tokens.
                    ? rule.whereLayer(layer).mayNotAccessAnyLayer()
                    : rule.whereLayer(layer).mayOnlyAccessLayers(seen.toArray(new String[0]));
        }
        return rule;
    }

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("dev.chainloop.token.(**)").should().beFreeOfCycles();

    /** A file's class with all within it is one here. */
    @ArchTest
    static final ArchRule CLASSES_FORM_NO_CIRCLE = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass one) {
                    return SliceIdentifier.of(one.getName().replaceFirst("\\$.*", ""));
                }

                @Override
                public String getDescription() {
                    return "classes";
                }
            })
            .should()
            .beFreeOfCycles();

    /** A simple name means one type, so that a reader need not look whose it is. */
    @ArchTest
    static void noNameIsOfTwoTypes(JavaClasses classes) {
        Map<String, String> types = new HashMap<>();
        for (JavaClass one : classes) {
            if (!one.isAnonymousClass() && !one.getSimpleName().equals("package-info")) {
                String other = types.put(one.getSimpleName(), one.getName());
                assertNull(other, () -> one.getName() + " and " + other);
            }
        }
    }

    /** The types in which a call may pass a text. */
    private static final List<String> TEXTS = List.of(
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.Object",
            "java.util.Optional",
            "java.nio.file.Path");

    /** A message reaches advice as the cures of its row: no character of it can get into a command. */
    @ArchTest
    static final ArchRule NO_TEXT_OF_A_MESSAGE_REACHES_ADVICE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".explain..")
            .should()
            .callCodeUnitWhere(describe("a text is handed to what makes plans, or to what they are made of", call -> {
                String owner = call.getTargetOwner().getPackageName();
                boolean evidence = (owner.equals(ROOT + ".diagnosis") || owner.equals(ROOT + ".source"))
                        && call.getTarget().getName().equals("<init>");
                return (owner.equals(ROOT + ".advice") || evidence)
                        && call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> TEXTS.contains(type.getName()));
            }));

    /** It knows nothing of files and connections. */
    @ArchTest
    static final ArchRule CORE_NEEDS_LITTLE = classes()
            .that()
            .resideInAPackage("dev.chainloop.token.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.chainloop.token.core..",
                    "java.io",
                    "java.lang..",
                    "java.nio",
                    "java.nio.charset",
                    "java.time..",
                    "java.util..",
                    "io.jsonwebtoken.io",
                    "com.fasterxml.jackson.core..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_CLI = only("cli..", resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule ONLY_VERIFICATION_KNOWS_SIGNATURES = only(
            "verification..", resideInAnyPackage("io.jsonwebtoken", "io.jsonwebtoken.security..", "javax.crypto.."));

    private static ArchRule only(String layer, DescribedPredicate<JavaClass> used) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + layer)
                .should()
                .dependOnClassesThat(used);
    }

    @ArchTest
    static final ArchRule JJWT_ALONE_JUDGES_SIGNATURES =
            noClasses().should().dependOnClassesThat(belongToAnyOf(Signature.class, Mac.class));

    /** A URI is a text; all else there is a way to a connection. */
    @ArchTest
    static final ArchRule NOTHING_OPENS_A_CONNECTION = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.net..")
                    .and(not(belongToAnyOf(URI.class, URISyntaxException.class)))
                    .or(resideInAnyPackage("javax.net..", "java.rmi.."))
                    .or(assignableTo(NetworkChannel.class))
                    .or(assignableTo(SelectorProvider.class)));

    @ArchTest
    static final ArchRule ONLY_ASK_STARTS_A_PROCESS = only("ask", belongToAnyOf(ProcessBuilder.class, Process.class));

    @ArchTest
    static final ArchRule ONLY_MAIN_HAS_THE_PROCESS = noClasses()
            .that()
            .areNotAssignableTo(Main.class)
            .should()
            .accessTargetWhere(targetOwner(type(System.class)).and(target(not(name("arraycopy")))))
            .orShould()
            .accessTargetWhere(targetOwner(belongToAnyOf(Runtime.class, FileDescriptor.class)));

    @ArchTest
    static final ArchRule ONLY_MAIN_KNOWS_THE_TIME = noClasses()
            .that()
            .areNotAssignableTo(Main.class)
            .should()
            .accessTargetWhere(
                    targetOwner(resideInAPackage("java.time..")).and(target(nameMatching("now|system.*|tick.*"))));
}
