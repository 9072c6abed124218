package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.PlainName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A profile's files in a zip: read past guards, written so that the same files give the same bytes. */
final class ProfileZip {
    /** The earliest time a zip can state: when a file was packed is nobody's business. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ProfileZip() {}

    /** Reads entries of the zip's root; anything that is no profile's is refused, so that it cannot hide content. */
    static Map<String, byte[]> read(Path zip, List<String> wanted) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            long left = ProfileFiles.MAX_ZIP_BYTES;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                if (!ProfileFormat.ALL_FILES.contains(name) || !seen.add(name)) {
                    throw new ProfileException(
                            "profile " + zip + ": entry '" + PlainName.shown(name)
                                    + "' does not belong into a profile, or stands there twice; zip only the files of a profile folder");
                }
                long allowed = Math.min(left, ProfileFiles.MAX_FILE_BYTES);
                if (wanted.contains(name)) {
                    byte[] content = in.readNBytes((int) allowed + 1);
                    ProfileFiles.requireSize("profile " + zip, name, content.length, allowed);
                    left -= content.length;
                    files.put(name, content);
                } else {
                    ProfileFiles.requireSize("profile " + zip, name, skip(in), ProfileFiles.MAX_FILE_BYTES);
                }
            }
        } catch (ProfileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            // An entry whose name is no text is an IllegalArgumentException.
            throw new ProfileException(
                    "profile " + zip + " is a damaged zip: " + e.getMessage() + "; restore it or pack it again", e);
        }
        if (seen.isEmpty()) {
            throw new ProfileException(
                    "profile " + zip + " is no zip of a profile; name a profile folder, or a zip of its files");
        }
        return files;
    }

    /** Passes over an entry without keeping it, but not over more than a profile's file can be. */
    private static long skip(ZipInputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long skipped = 0;
        int read = in.read(buffer);
        while (read >= 0 && skipped <= ProfileFiles.MAX_FILE_BYTES) {
            skipped += read;
            read = in.read(buffer);
        }
        return skipped;
    }

    static void write(OutputStream out, Map<String, byte[]> files) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            for (String name : ProfileFormat.ALL_FILES) {
                byte[] content = files.get(name);
                if (content != null) {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTimeLocal(ENTRY_TIME);
                    zip.putNextEntry(entry);
                    zip.write(content);
                }
            }
        }
    }
}
