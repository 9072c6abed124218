package dev.tagrouter.core.profile;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A profile's files in memory, to be damaged: byte for byte, or with the checksums made right again. */
final class SealedFiles {
    static final String PLACE = "profile here";

    final Map<String, byte[]> bytes;

    private SealedFiles(Map<String, byte[]> bytes) {
        this.bytes = bytes;
    }

    static SealedFiles tiny(Path folder) throws IOException {
        Path profile = folder.resolve("sealed");
        TinyProfile.create().write(profile);
        return of(profile);
    }

    static SealedFiles of(Path profile) throws IOException {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        for (String name : ProfileFormat.FILES) {
            bytes.put(name, Files.readAllBytes(profile.resolve(name)));
        }
        return new SealedFiles(bytes);
    }

    SealedFiles copy() {
        Map<String, byte[]> copy = new LinkedHashMap<>();
        bytes.forEach((name, content) -> copy.put(name, content.clone()));
        return new SealedFiles(copy);
    }

    byte[] file(String name) {
        byte[] content = bytes.get(name);
        if (content == null) {
            throw new AssertionError("no file " + name);
        }
        return content;
    }

    String text(String name) {
        return new String(file(name), StandardCharsets.UTF_8);
    }

    SealedFiles with(String name, byte[] content) {
        SealedFiles changed = copy();
        changed.bytes.put(name, content);
        return changed;
    }

    SealedFiles with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** With checksums, id and seal that fit, so that only what was changed is wrong. */
    SealedFiles sealed() {
        StringBuilder manifest = new StringBuilder();
        StringBuilder decides = new StringBuilder();
        boolean deciding = false;
        for (String line : text(ProfileFormat.MANIFEST).lines().toList()) {
            if (line.startsWith("seal=")) {
                continue;
            }
            deciding |= line.startsWith("scorer=");
            String out = line;
            if (line.startsWith("sha256.")) {
                String name = line.substring(7, Math.max(7, line.indexOf('=')));
                out = bytes.containsKey(name) ? "sha256." + name + "=" + ProfileFormat.sha256(file(name)) : line;
            }
            manifest.append(out).append('\n');
            decides.append(deciding ? out + "\n" : "");
        }
        String id = sha256(decides.toString()).substring(0, 16);
        String whole = manifest.toString().replaceFirst("(?m)^id=.*$", "id=" + id);
        return with(ProfileFormat.MANIFEST, whole + "seal=" + sha256(whole) + "\n");
    }

    private static String sha256(String text) {
        return ProfileFormat.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    Profile decode() throws IOException {
        return ProfileDecoder.decode(new ProfileFiles(PLACE, bytes));
    }

    /** Writes the files as a zip of entries in this order, an entry as often as it is named. */
    static void zip(Path zip, List<String> names, Map<String, byte[]> content) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : names) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write(content.getOrDefault(name, new byte[0]));
            }
        }
    }
}
