package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.PlainName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A profile's files as bytes: taken from a folder, a zip or the class path, and put into a folder atomically.
 *
 * @param place what to call this profile in an error
 * @param bytes the content of each file, by name
 */
record ProfileFiles(String place, Map<String, byte[]> bytes) {
    private static final long MAX_FILE_BYTES = 256L << 20;
    /** What a zip may unpack to, all entries together: it is held in memory, and a small zip can unpack to anything. */
    private static final long MAX_ZIP_BYTES = 256L << 20;

    private static final String RESOURCES = "tagrouter/profiles/";

    static ProfileFiles read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return readFolder(path, ProfileFormat.FILES);
        }
        if (Files.isRegularFile(path)) {
            return readZip(path);
        }
        throw new ProfileException("profile '" + path
                + "' is neither a folder nor a zip; name a profile that tagrouter learn wrote, or a built-in one: "
                + String.join(", ", builtInNames()));
    }

    static ProfileFiles readTagger(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ProfileException("tagger '" + folder
                    + "' is no folder; name one that tagrouter train-tagger wrote, or a profile folder");
        }
        return readFolder(folder, ProfileFormat.TAGGER_FILES);
    }

    private static ProfileFiles readFolder(Path folder, List<String> names) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(name, bytes(folder, name));
            }
        }
        return complete(folder.toString(), files, names);
    }

    private static byte[] bytes(Path folder, String name) throws ProfileException {
        Path file = folder.resolve(name);
        try {
            requireSize(folder.toString(), name, Files.size(file), MAX_FILE_BYTES);
            return Files.readAllBytes(file);
        } catch (ProfileException e) {
            throw e;
        } catch (IOException e) {
            throw new ProfileException(
                    "profile " + folder + ": " + name + " cannot be read (" + reason(e) + "); make it readable", e);
        }
    }

    /** Reads the known entries of the zip's root; anything else in it is refused, so that it cannot hide content. */
    private static ProfileFiles readZip(Path zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            long left = MAX_ZIP_BYTES;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                if (!ProfileFormat.FILES.contains(name) || files.containsKey(name)) {
                    throw new ProfileException("profile " + zip + ": entry '" + PlainName.shown(name)
                            + "' does not belong into a profile, or stands there twice; zip only the files of a profile"
                            + " folder");
                }
                long allowed = Math.min(left, MAX_FILE_BYTES);
                byte[] content = in.readNBytes((int) allowed + 1);
                requireSize(zip.toString(), name, content.length, allowed);
                left -= content.length;
                files.put(name, content);
            }
        } catch (ProfileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            // An entry whose name is no text is an IllegalArgumentException.
            throw new ProfileException("profile " + zip + " is a damaged zip: " + e.getMessage() + "; restore it", e);
        }
        if (files.isEmpty()) {
            throw new ProfileException(
                    "profile " + zip + " is no zip of a profile; name a profile folder, or a zip of its files");
        }
        return complete(zip.toString(), files, ProfileFormat.FILES);
    }

    static ProfileFiles builtIn(String name) throws IOException {
        List<String> names = builtInNames();
        if (!names.contains(name)) {
            throw new ProfileException(
                    names.isEmpty()
                            ? "there is no built-in profile '" + name
                                    + "': tagrouter-profiles is not on the class path; add it, or name a folder"
                            : "there is no built-in profile '" + name + "'; built in are: " + String.join(", ", names));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String file : ProfileFormat.FILES) {
            byte[] content = resource(name + "/" + file);
            if (content != null) {
                files.put(file, content);
            }
        }
        return complete(name, files, ProfileFormat.FILES);
    }

    static List<String> builtInNames() throws IOException {
        byte[] index = resource("index");
        return index == null
                ? List.of()
                : new String(index, StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static byte @Nullable [] resource(String name) throws IOException {
        URL url = ProfileFiles.class.getClassLoader().getResource(RESOURCES + name);
        if (url == null) {
            return null;
        }
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }

    private static void requireSize(String place, String name, long size, long most) throws ProfileException {
        if (size > most) {
            throw new ProfileException("profile " + place + ": " + name + " is larger than the "
                    + (MAX_FILE_BYTES >> 20) + " MiB a file, or with the others than the " + (MAX_ZIP_BYTES >> 20)
                    + " MiB a zip may have; that is no profile of this program");
        }
    }

    private static ProfileFiles complete(String place, Map<String, byte[]> files, List<String> names)
            throws ProfileException {
        for (String name : names) {
            if (!files.containsKey(name)) {
                throw new ProfileException("profile " + place + ": " + name + " is missing; a profile holds "
                        + String.join(", ", ProfileFormat.FILES));
            }
        }
        return new ProfileFiles(place, files);
    }

    byte[] get(String name) {
        byte[] content = bytes.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return content;
    }

    /** Writes everything beside the target, then swaps the folder in by renaming. */
    static void write(Path folder, Map<String, byte[]> files) throws IOException {
        Path named = folder.toAbsolutePath().normalize();
        Path target = Files.exists(named) ? named.toRealPath() : named;
        Path parent = target.getParent();
        if (parent == null) {
            throw new ProfileException("a profile cannot be written to '" + folder + "'; name a folder of its own");
        }
        requireReplaceable(target, files.keySet());
        Path fresh = null;
        Path old = null;
        try {
            Files.createDirectories(parent);
            fresh = Files.createDirectory(beside(target, "new"));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                writeDurably(fresh.resolve(file.getKey()), file.getValue());
            }
            if (Files.exists(target)) {
                old = beside(target, "old");
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (old != null && !Files.exists(target)) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw new ProfileException(
                    "profile '" + folder + "' could not be written (" + reason(e) + "); choose a folder you may write",
                    e);
        } finally {
            delete(fresh);
            delete(old);
        }
    }

    /** A hidden name in the same folder that no other writer uses. */
    private static Path beside(Path target, String what) {
        return target.resolveSibling("." + target.getFileName() + "." + what + "-" + UUID.randomUUID());
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException n -> "no such folder: " + n.getFile();
            case FileAlreadyExistsException f -> "a file is in the way: " + f.getFile();
            case IOException other -> other.getClass().getSimpleName() + ": " + other.getMessage();
        };
    }

    /** Only what these files make up whole is replaced: nothing of anybody else's is ever deleted. */
    private static void requireReplaceable(Path target, Set<String> names) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (Files.isDirectory(target)) {
            Set<String> present = new TreeSet<>();
            try (DirectoryStream<Path> content = Files.newDirectoryStream(target)) {
                content.forEach(file -> present.add(file.getFileName().toString()));
            }
            if (names.containsAll(present)) {
                return;
            }
            present.removeAll(names);
            throw new ProfileException("'" + target + "' holds other things (" + String.join(", ", present)
                    + "), so it is not replaced; choose another folder");
        }
        throw new ProfileException("'" + target + "' is a file, so it is not replaced; choose another folder");
    }

    private static void writeDurably(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void delete(@Nullable Path folder) throws IOException {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path file : content) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
