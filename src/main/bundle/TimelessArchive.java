import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Takes the time of its making out of a class-data archive, so that two builds of a bundle are the same. Each archived
 * soft reference holds the milliseconds between the machine's start and its own making. A JVM that reads the archive sets
 * that clock anew, so zero does as well as the start of another machine.
 *
 * <p>{@code java TimelessArchive ARCHIVE AGAIN}: two archives made from the same; the first is changed in place. Where they
 * differ in anything but such times, or where the JVM's format is not the one known here, the status is 1 and nothing is
 * changed.
 */
final class TimelessArchive {
    private static final int CHECKSUM = 4;
    private static final int HEADER_SIZE = 12;
    private static final int AFTER_HEADER_SIZE = 16;
    /** From the checksum of a region on. */
    private static final int REGION_OFFSET = 24;

    private static final int REGION_LENGTH = 40;
    private static final long LONGEST_BUILD = TimeUnit.HOURS.toMillis(1);

    private final ByteBuffer bytes;
    private final int headerSize;

    private TimelessArchive(Path file) throws IOException {
        bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        headerSize = bytes.getInt(HEADER_SIZE);
        expect(bytes.getInt(CHECKSUM) == headerChecksum(), "its header is not laid out as known");
    }

    public static void main(String[] args) throws IOException {
        try {
            TimelessArchive archive = new TimelessArchive(Path.of(args[0]));
            TimelessArchive again = new TimelessArchive(Path.of(args[1]));
            List<Integer> regions = archive.regionsUnlike(again);
            List<Integer> times = archive.timesUnlike(again);
            archive.forget(times, regions);
            again.forget(times, regions);
            expect(archive.bytes.equals(again.bytes), "two of them differ in more than their times");
            Files.write(Path.of(args[0]), archive.bytes.array());
        } catch (UnlikeException e) {
            System.err.println("note: the class-data archive keeps the time of its making: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Where the header has the checksums of the regions that differ. */
    private List<Integer> regionsUnlike(TimelessArchive again) {
        List<Integer> regions = new ArrayList<>();
        for (int at = AFTER_HEADER_SIZE; at < headerSize; at += Integer.BYTES) {
            if (bytes.getInt(at) != again.bytes.getInt(at)) {
                expect(bytes.getInt(at) == regionChecksum(at), "its regions are not laid out as known");
                regions.add(at);
            }
        }
        return regions;
    }

    /** Where the archives differ behind their headers: in times since the machine's start, of just now. */
    private List<Integer> timesUnlike(TimelessArchive again) {
        expect(bytes.limit() == again.bytes.limit(), "two of them differ in their sizes");
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        List<Integer> times = new ArrayList<>();
        for (int at = headerSize; at + Long.BYTES <= bytes.limit(); at += Long.BYTES) {
            long time = bytes.getLong(at);
            long later = again.bytes.getLong(at);
            if (time != later) {
                expect(
                        now - LONGEST_BUILD < time && time < later && later <= now,
                        "two of them differ in more than their times");
                times.add(at);
            }
        }
        return times;
    }

    private void forget(List<Integer> times, List<Integer> regions) {
        for (int at : times) {
            bytes.putLong(at, 0);
        }
        for (int at : regions) {
            bytes.putInt(at, regionChecksum(at));
        }
        bytes.putInt(CHECKSUM, headerChecksum());
    }

    private int headerChecksum() {
        return checksum(AFTER_HEADER_SIZE, headerSize - AFTER_HEADER_SIZE);
    }

    private int regionChecksum(int at) {
        return checksum(bytes.getLong(at + REGION_OFFSET), bytes.getLong(at + REGION_LENGTH));
    }

    private int checksum(long offset, long length) {
        expect(offset >= 0 && length >= 0 && offset + length <= bytes.limit(), "it is not laid out as known");
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array(), (int) offset, (int) length);
        return (int) checksum.getValue();
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new UnlikeException(otherwise);
        }
    }

    private static final class UnlikeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnlikeException(String message) {
            super(message);
        }
    }
}
