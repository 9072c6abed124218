package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.TaggerWeights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
import org.jspecify.annotations.Nullable;

/**
 * The files of a profile or a tagger as bytes: taken from a folder, a zip or the class path, and put into a folder atomically.
 *
 * @param place what to call it in an error: "profile" or "tagger", and where it lies
 * @param bytes the content of each file, by name
 */
record ProfileFiles(String place, Map<String, byte[]> bytes) {
    static final long MAX_FILE_BYTES = 256L << 20;
    /** What a zip may unpack to, all entries together: it is held in memory, and a small zip can unpack to anything. */
    static final long MAX_ZIP_BYTES = 256L << 20;

    private static final int PIECE_BYTES = 1 << 16;

    private static final String RESOURCES = "tagrouter/profiles/";

    /** @param names which of {@link ProfileFormat#ALL_FILES} to read; the statistics may be absent */
    static ProfileFiles read(Path path, List<String> names) throws IOException {
        if (Files.isDirectory(path)) {
            return readFolder("profile " + path, path, names);
        }
        if (Files.isRegularFile(path)) {
            return complete("profile " + path, ProfileZip.read(path, names), names);
        }
        throw new ProfileException("profile '" + path
                + "' is neither a folder nor a zip; name a profile that tagrouter learn wrote, or a built-in one: "
                + String.join(", ", builtInNames()));
    }

    /** A tagger's files without its weights, which must be there and are read by {@link #weights}. */
    static ProfileFiles readTagger(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ProfileException("tagger '" + folder
                    + "' is no folder; name one that tagrouter train-tagger wrote, or a profile folder");
        }
        for (String name : ProfileFormat.TAGGER_FILES) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new ProfileException("tagger " + folder + ": " + name + " is missing; a tagger holds "
                        + String.join(", ", ProfileFormat.TAGGER_FILES)
                        + "; restore it, or train the tagger again if an older TagRouter wrote it");
            }
        }
        return readFolder("tagger " + folder, folder, List.of(ProfileFormat.VOCABULARY, ProfileFormat.TOPICS));
    }

    /** Reads a tagger's weights from their file without holding its bytes. */
    static TaggerWeights weights(Path folder) throws ProfileException {
        String place = "tagger " + folder;
        Path file = folder.resolve(ProfileFormat.TAGGER);
        try {
            long size = Files.size(file);
            requireSize(place, ProfileFormat.TAGGER, size, MAX_FILE_BYTES);
            try (InputStream in = Files.newInputStream(file)) {
                TaggerWeights weights = TaggerWeights.read(in, (int) size);
                requireEnd(place, ProfileFormat.TAGGER, in.read() < 0);
                return weights;
            } catch (FileSystemException e) {
                throw e;
            } catch (IOException e) {
                requireEnd(place, ProfileFormat.TAGGER, Files.size(file) == size);
                throw e instanceof ProfileException ? e : ProfileDecoder.unusableTagger(place, e);
            }
        } catch (ProfileException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(place, file, e);
        }
    }

    private static void requireEnd(String place, String name, boolean reached) throws ProfileException {
        if (!reached) {
            throw new ProfileException(place + ": " + name + " changed its size while it was read; try again");
        }
    }

    private static ProfileFiles readFolder(String place, Path folder, List<String> names) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(name, bytes(place, file));
            }
        }
        return complete(place, files, names);
    }

    private static byte[] bytes(String place, Path file) throws ProfileException {
        try {
            return content(place, file);
        } catch (ProfileException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(place, file, e);
        }
    }

    private static ProfileException unreadable(String place, Path file, IOException e) {
        return new ProfileException(
                place + ": " + file.getFileName() + " cannot be read (" + reason(e) + "); make it readable", e);
    }

    /** In pieces: the JDK reads through memory outside the heap, and takes as much of it as is read at once. */
    private static byte[] content(String place, Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        long size = Files.size(file);
        requireSize(place, name, size, MAX_FILE_BYTES);
        byte[] content = new byte[(int) size];
        try (InputStream in = Files.newInputStream(file)) {
            int length = 0;
            int read = 0;
            while (length < content.length && read >= 0) {
                read = in.read(content, length, Math.min(PIECE_BYTES, content.length - length));
                length += Math.max(0, read);
            }
            requireEnd(place, name, length == content.length && in.read() < 0);
        }
        return content;
    }

    static ProfileFiles builtIn(String name, List<String> files) throws IOException {
        List<String> names = builtInNames();
        if (!names.contains(name)) {
            throw new ProfileException(
                    names.isEmpty()
                            ? "there is no built-in profile '" + name
                                    + "': tagrouter-profiles is not on the class path; add it, or name a folder"
                            : "there is no built-in profile '" + name + "'; built in are: " + String.join(", ", names));
        }
        Map<String, byte[]> read = new LinkedHashMap<>();
        for (String file : files) {
            byte[] content = resource(name + "/" + file);
            if (content != null) {
                read.put(file, content);
            }
        }
        return complete("profile " + name, read, files);
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

    static void requireSize(String place, String name, long size, long most) throws ProfileException {
        if (size > most) {
            throw new ProfileException(place + ": " + name + " is larger than the "
                    + (MAX_FILE_BYTES >> 20) + " MiB a file, or with the others than the " + (MAX_ZIP_BYTES >> 20)
                    + " MiB a zip may have; that is no profile or tagger of this program");
        }
    }

    private static ProfileFiles complete(String place, Map<String, byte[]> files, List<String> names)
            throws ProfileException {
        for (String name : names) {
            if (!files.containsKey(name) && !name.equals(ProfileFormat.STATS)) {
                throw missing(place, name);
            }
        }
        return new ProfileFiles(place, files);
    }

    private static ProfileException missing(String place, String name) {
        return new ProfileException(place + ": " + name + " is missing; a profile holds "
                + String.join(", ", ProfileFormat.FILES)
                + "; restore it, or learn the profile again if an older TagRouter wrote it");
    }

    byte[] get(String name) {
        byte[] content = bytes.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return content;
    }

    /**
     * Writes everything beside the target, then swaps the folder in by renaming.
     *
     * @param what is written, for an error: "profile" or "tagger"
     * @param names what a folder that is replaced may hold
     * @param mark the file that such a folder must hold
     */
    static void write(String what, Path folder, Map<String, byte[]> files, List<String> names, String mark)
            throws IOException {
        write(what, folder, files, names, mark, (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    /** Renames a folder or throws; in tests it fails where it should. */
    @FunctionalInterface
    interface Renaming {
        void rename(Path from, Path to) throws IOException;
    }

    static void write(
            String what, Path folder, Map<String, byte[]> files, List<String> names, String mark, Renaming renaming)
            throws IOException {
        Path target = target(folder);
        requireReplaceable(target, names, mark);
        Path fresh = null;
        Path old = null;
        try {
            Files.createDirectories(parent(target));
            fresh = Files.createDirectory(beside(target, "new"));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                writeDurably(fresh.resolve(file.getKey()), file.getValue());
            }
            old = swap(what, fresh, target, renaming);
        } catch (ProfileException e) {
            throw e;
        } catch (IOException e) {
            throw notWritten(what, folder, e);
        } finally {
            delete(fresh);
        }
        delete(old);
    }

    /** Puts a folder where another may be, and returns the place of that other, or null; it is never lost on the way. */
    private static @Nullable Path swap(String what, Path fresh, Path target, Renaming renaming) throws IOException {
        if (!Files.exists(target)) {
            renaming.rename(fresh, target);
            return null;
        }
        Path old = beside(target, "old");
        renaming.rename(target, old);
        try {
            renaming.rename(fresh, target);
        } catch (IOException e) {
            putBack(what, old, target, e, renaming);
            throw e;
        }
        return old;
    }

    private static void putBack(String what, Path old, Path target, IOException cause, Renaming renaming)
            throws ProfileException {
        try {
            renaming.rename(old, target);
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw new ProfileException(
                    what + " '" + target + "' could not be written (" + reason(cause) + "), and the one that was there"
                            + " could not be put back (" + reason(e) + "); it is kept as '" + old
                            + "': rename that to '" + target + "'",
                    cause);
        }
    }

    /** Writes a zip beside its place and renames it there; a file that is there is replaced if it is a profile's zip. */
    static void writeZip(Path zip, Map<String, byte[]> files) throws IOException {
        Path target = target(zip);
        if (Files.exists(target) && !isProfileZip(target)) {
            throw new ProfileException(
                    "'" + zip + "' exists and is no profile's zip, so it is not replaced; choose another name");
        }
        Path fresh = null;
        try {
            Files.createDirectories(parent(target));
            fresh = beside(target, "new");
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            ProfileZip.write(content, files);
            writeDurably(fresh, content.toByteArray());
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw notWritten("profile", zip, e);
        } finally {
            delete(fresh);
        }
    }

    private static boolean isProfileZip(Path file) {
        try {
            return Files.isRegularFile(file)
                    && ProfileZip.read(file, List.of(ProfileFormat.MANIFEST)).containsKey(ProfileFormat.MANIFEST);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Where a path leads: what a link points to is written, the link stays. */
    private static Path target(Path path) throws IOException {
        Path named = path.toAbsolutePath().normalize();
        return Files.exists(named) ? named.toRealPath() : named;
    }

    private static Path parent(Path target) throws ProfileException {
        Path parent = target.getParent();
        if (parent == null) {
            throw new ProfileException("nothing can be written to '" + target + "'; name a place of its own");
        }
        return parent;
    }

    private static ProfileException notWritten(String what, Path path, IOException e) {
        return new ProfileException(
                what + " '" + path + "' could not be written (" + reason(e) + "); choose a place you may write", e);
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
    private static void requireReplaceable(Path target, List<String> names, String mark) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new ProfileException("'" + target + "' is a file, so it is not replaced; choose another folder");
        }
        Set<String> present = new TreeSet<>();
        try (DirectoryStream<Path> content = Files.newDirectoryStream(target)) {
            content.forEach(file -> present.add(file.getFileName().toString()));
        }
        if (present.contains(mark)) {
            names.forEach(present::remove);
            ProfileFormat.FORMER_FILES.forEach(present::remove);
        }
        if (present.isEmpty()) {
            return;
        }
        throw new ProfileException("'" + target + "' holds other things (" + String.join(", ", present)
                + "), so it is not replaced; choose another folder");
    }

    private static void writeDurably(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void delete(@Nullable Path path) throws IOException {
        if (path == null || !Files.exists(path)) {
            return;
        }
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
                for (Path file : content) {
                    Files.delete(file);
                }
            }
        }
        Files.delete(path);
    }
}
