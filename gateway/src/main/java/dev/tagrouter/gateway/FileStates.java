package dev.tagrouter.gateway;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How files look from outside at a time; two that are equal were not changed between.
 *
 * <p>A file is where its links lead, which file that is, its size and when it was written last: so one that was replaced
 * by renaming, or by turning a link elsewhere as Kubernetes does, looks different, too. A folder is what is in it.
 */
record FileStates(Map<Path, String> states) {
    FileStates {
        states = Map.copyOf(states);
    }

    static FileStates of(Collection<Path> files) {
        Map<Path, String> states = new HashMap<>();
        files.forEach(file -> states.put(file, state(file)));
        return new FileStates(states);
    }

    /** The same files as they look now. */
    FileStates now() {
        return of(states.keySet());
    }

    Set<Path> files() {
        return states.keySet();
    }

    /** Other files; those that are here, too, as they looked here. */
    FileStates extendedTo(Collection<Path> files) {
        Map<Path, String> extended = new HashMap<>();
        files.forEach(file -> {
            String known = states.get(file);
            extended.put(file, known == null ? state(file) : known);
        });
        return new FileStates(extended);
    }

    private static String state(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return attributes.isDirectory()
                    ? real + "|" + folder(real)
                    : real + "|" + attributes.fileKey() + "|" + attributes.size() + "|" + attributes.lastModifiedTime();
        } catch (IOException | DirectoryIteratorException e) {
            return "cannot be read";
        }
    }

    private static Set<String> folder(Path folder) throws IOException {
        Set<String> states = new TreeSet<>();
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path file : content) {
                if (Files.isRegularFile(file)) {
                    states.add(file.getFileName() + "|" + state(file));
                }
            }
        }
        return states;
    }
}
