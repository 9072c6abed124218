package dev.tagrouter.lab.importer;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.learning.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Brings judgments of another form into a data folder: {@code quality.csv}, {@code queries.jsonl} and, where answer
 * lengths are known, {@code output_chars.csv}. Files are read once, as streams; the folder is there whole or not at all.
 *
 * @param format what the judgments come in
 * @param from a file or a folder
 * @param to the folder to write
 * @param force whether a data folder that is there already may be replaced
 * @param rating where a log says how good an answer was; other forms do not look at it
 */
public record Import(Format format, Path from, Path to, boolean force, Rating rating) {
    private static final Set<String> OURS = Set.of(LayoutWriter.QUALITY, LayoutWriter.QUERIES, LayoutWriter.OUTPUT);
    private static final int MEBIBYTE_BITS = 20;

    /**
     * Reads and writes.
     *
     * @param broken told every row that cannot be read
     * @throws LabException when there is nothing to read, the target is in the way, or nothing was judged
     */
    public Imported run(BrokenLines broken, Progress progress) throws IOException {
        if (!Files.exists(from)) {
            throw new LabException("'" + from + "' does not exist; give the file or folder to import with --from");
        }
        requireFree();
        Importer importer = format.importer(from, rating);
        List<Path> files = importer.files();
        Path target = to.toAbsolutePath().normalize();
        Path parent = target.getParent();
        Path name = target.getFileName();
        if (parent == null || name == null) {
            throw new LabException("'" + to + "' is no folder to write; give one with a name with --to");
        }
        Files.createDirectories(parent);
        Path beside = Files.createDirectory(parent.resolve(
                "." + name + ".importing-" + ProcessHandle.current().pid()));
        try {
            Imported imported = read(importer, files, beside, name.toString(), broken, progress);
            replace(target, beside);
            return imported;
        } finally {
            delete(beside);
        }
    }

    private Imported read(
            Importer importer, List<Path> files, Path folder, String set, BrokenLines broken, Progress progress)
            throws IOException {
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        try (LayoutWriter writer = new LayoutWriter(folder, set.replaceAll("\\s+", "-"))) {
            long before = 0;
            for (Path file : files) {
                try (InputStream in = new Counted(Files.newInputStream(file), before, total, progress)) {
                    importer.read(file, in, writer, broken);
                }
                before += Files.size(file);
            }
            return writer.finish(progress);
        }
    }

    /** Refuses a target that is in the way, before the long work. */
    private void requireFree() throws IOException {
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(to)) {
            throw new LabException("'" + to + "' is a file; give a folder to write with --to");
        }
        Set<String> names = new TreeSet<>();
        try (Stream<Path> list = Files.list(to)) {
            list.forEach(path -> names.add(String.valueOf(path.getFileName())));
        }
        if (!names.isEmpty() && !force) {
            throw new LabException(
                    "folder '" + to + "' is not empty; give another with --to, or --force to replace it");
        }
        names.removeAll(OURS);
        if (!names.isEmpty()) {
            throw new LabException("folder '" + to + "' holds '"
                    + names.iterator().next() + "', which no import writes; give another folder with --to");
        }
    }

    private static void replace(Path target, Path written) throws IOException {
        Path old = written.resolveSibling(written.getFileName() + ".old");
        boolean replaced = Files.exists(target);
        if (replaced) {
            Files.move(target, old);
        }
        Files.move(written, target);
        if (replaced) {
            delete(old);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Reports how far the reading has come. */
    private static final class Counted extends FilterInputStream {
        private final long total;
        private final Progress progress;
        private long done;

        private Counted(InputStream in, long before, long total, Progress progress) {
            super(in);
            this.done = before;
            this.total = total;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = in.read(bytes, from, count);
            done += Math.max(0, read);
            progress.report("importing (MiB)", done >> MEBIBYTE_BITS, Math.max(1, total >> MEBIBYTE_BITS));
            return read;
        }
    }
}
