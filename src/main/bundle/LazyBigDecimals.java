import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the BigDecimal constants of Jackson's parsers from their class to an interface, which Java initializes only when
 * one of them is asked for. JDK 25's first BigDecimal computes tables for 8 ms, a quarter of an inspection, and an
 * inspection needs none.
 *
 * <p>{@code java LazyBigDecimals FOLDER}: the folder of the classes, which are changed in place. With JDK 17, whose
 * BigDecimal takes its time too but less than half a millisecond, there is nothing to gain.
 */
final class LazyBigDecimals {
    private static final ClassDesc PARSER = ClassDesc.of("com.fasterxml.jackson.core.base.ParserMinimalBase");
    private static final ClassDesc CONSTANTS = ClassDesc.of("com.fasterxml.jackson.core.base.BigDecimalConstants");
    private static final ClassDesc BIG_DECIMAL = ClassDesc.of("java.math.BigDecimal");

    private final List<String> names = new ArrayList<>();
    private final List<CodeElement> moved = new ArrayList<>();
    private final List<CodeElement> kept = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        LazyBigDecimals change = new LazyBigDecimals();
        change.apply(folder);
        change.check(folder);
    }

    private void apply(Path folder) throws IOException {
        Path file = file(folder, PARSER);
        ClassModel parser = ClassFile.of().parse(file);
        for (FieldModel field : parser.fields()) {
            if (field.fieldTypeSymbol().equals(BIG_DECIMAL)) {
                names.add(field.fieldName().stringValue());
            }
        }
        for (MethodModel method : parser.methods()) {
            if (isInitializer(method)) {
                split(method);
            }
        }
        if (names.isEmpty() || moved.isEmpty()) {
            throw new IllegalStateException("Jackson's parsers have no BigDecimal constants any more: remove this step");
        }
        Files.write(file, ClassFile.of().build(PARSER, builder -> withoutConstants(parser, builder)));
        Files.write(file(folder, CONSTANTS), ClassFile.of().build(CONSTANTS, builder -> constants(parser, builder)));
    }

    /** Parts the initializer: from each `new BigDecimal` to its storing, and the rest. */
    private void split(MethodModel initializer) {
        boolean inside = false;
        for (CodeElement element : initializer.code().orElseThrow()) {
            inside |= element instanceof NewObjectInstruction made && made.className().asSymbol().equals(BIG_DECIMAL);
            (inside ? moved : kept).add(element);
            inside &= !(element instanceof FieldInstruction stored && names.contains(stored.name().stringValue()));
        }
    }

    private void withoutConstants(ClassModel parser, ClassBuilder builder) {
        for (ClassElement element : parser) {
            if (element instanceof MethodModel method && isInitializer(method)) {
                builder.withMethodBody(
                        ConstantDescs.CLASS_INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_STATIC,
                        code -> kept.forEach(code::with));
            } else if (!(element instanceof FieldModel field && names.contains(field.fieldName().stringValue()))) {
                builder.with(element);
            }
        }
        builder.withInterfaceSymbols(CONSTANTS);
    }

    private void constants(ClassModel parser, ClassBuilder builder) {
        builder.withVersion(parser.majorVersion(), parser.minorVersion())
                .withFlags(ClassFile.ACC_INTERFACE | ClassFile.ACC_ABSTRACT);
        for (String name : names) {
            builder.withField(name, BIG_DECIMAL, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
        }
        builder.withMethodBody(
                ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code -> {
                    for (CodeElement element : moved) {
                        if (element instanceof FieldInstruction stored
                                && names.contains(stored.name().stringValue())) {
                            code.putstatic(CONSTANTS, stored.name().stringValue(), BIG_DECIMAL);
                        } else {
                            code.with(element);
                        }
                    }
                    code.return_();
                });
    }

    /** Whether subclasses still find the constants, with their values. */
    private void check(Path folder) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Class<?> subclass = loader.loadClass("com.fasterxml.jackson.core.base.ParserBase");
            // Initialized and verified.
            Class.forName(subclass.getName(), true, loader);
            for (String name : names) {
                var field = loader.loadClass(CONSTANTS.packageName() + "." + CONSTANTS.displayName())
                        .getDeclaredField(name);
                field.setAccessible(true);
                Number type = name.endsWith("LONG")
                        ? (name.contains("MIN") ? Long.MIN_VALUE : Long.MAX_VALUE)
                        : (Number) (name.contains("MIN") ? Integer.MIN_VALUE : Integer.MAX_VALUE);
                if (!new BigDecimal(type.toString()).equals(field.get(null))) {
                    throw new IllegalStateException(name + " is wrong");
                }
            }
        }
    }

    private static boolean isInitializer(MethodModel method) {
        return method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
    }

    private static Path file(Path folder, ClassDesc name) {
        return folder.resolve(name.packageName().replace('.', '/')).resolve(name.displayName() + ".class");
    }
}
