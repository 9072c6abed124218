package dev.tagrouter.cli;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileBundle;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a profile that the user named is: a name without a path separator that is built in wins over a folder of that
 * name.
 *
 * @param name as it was given
 * @param path the folder or zip, or null for a built-in profile
 */
record ProfilePlace(String name, @Nullable Path path) {
    static ProfilePlace of(String name) {
        boolean plain = name.indexOf('/') < 0 && name.indexOf(File.separatorChar) < 0;
        try {
            List<String> builtIn = Profile.builtInNames();
            return new ProfilePlace(name, plain && builtIn.contains(name) ? null : Path.of(name));
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "profile '" + name.replace('\0', ' ') + "' is neither built in nor a possible path");
        } catch (IOException e) {
            throw new FailedException("the built-in profiles cannot be listed (" + e.getMessage()
                    + "); build or install TagRouter again");
        }
    }

    Profile profile() throws IOException {
        return path == null ? Profile.builtIn(name) : Profile.read(existing(path));
    }

    /**
     * The profile with its statistics, to be written to {@code out} in another form or changed: refused where {@code out}
     * is the profile itself, since the old one stays to compare with and to go back to.
     */
    ProfileBundle bundleFor(Path out) throws IOException {
        requireOther(out);
        return path == null ? ProfileBundle.builtIn(name) : ProfileBundle.read(existing(path));
    }

    private Path existing(Path place) throws IOException {
        if (!Files.exists(place)) {
            List<String> builtIn = Profile.builtInNames();
            throw new FailedException("there is no profile '" + name + "': no such folder or zip, and built in "
                    + (builtIn.isEmpty() ? "is none" : "are " + String.join(", ", builtIn)) + "; name one of these");
        }
        return place;
    }

    /** The folder, where it is one that could be changed in an editor. */
    Path folder() throws IOException {
        if (path == null) {
            throw new UsageException("profile '" + name
                    + "' is built in and cannot be changed; copy it into a folder first: tagrouter profile unpack "
                    + name
                    + " FOLDER");
        }
        return existing(path);
    }

    private void requireOther(Path out) throws IOException {
        if (path != null && Files.exists(out) && Files.exists(path) && Files.isSameFile(path, out)) {
            throw new UsageException("'" + out + "' is the profile itself; name another place, so that the old one"
                    + " stays to compare with and to go back to");
        }
    }
}
