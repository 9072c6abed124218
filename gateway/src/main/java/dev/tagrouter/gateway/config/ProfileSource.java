package dev.tagrouter.gateway.config;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Where the profile comes from. */
public sealed interface ProfileSource {
    /** The built-in profile used when none is named. */
    String DEFAULT = "default";

    /**
     * Reads the profile.
     *
     * @throws ProfileException when it is missing or damaged
     */
    Profile load() throws IOException;

    /** The files and folders that it is read from; none where it cannot change. */
    List<Path> files();

    /**
     * A built-in profile's name, or a path.
     *
     * @param value the name or path
     * @param folder what a relative path is relative to
     */
    record Named(String value, Path folder) implements ProfileSource {
        @Override
        public Profile load() throws IOException {
            boolean plain = isPlain();
            List<String> builtIn = plain ? Profile.builtInNames() : List.of();
            if (builtIn.contains(value)) {
                return Profile.builtIn(value);
            }
            Path path = folder.resolve(value);
            if (plain && !Files.exists(path)) {
                throw new ProfileException("there is no built-in profile '" + value + "' (built in: "
                        + String.join(", ", builtIn) + ") and no file " + path + "; give a name or a path");
            }
            return Profile.read(path);
        }

        private boolean isPlain() {
            return value.indexOf('/') < 0 && value.indexOf('\\') < 0;
        }

        /** A path that is a built-in profile's name is never read, and watched all the same where it exists. */
        @Override
        public List<Path> files() {
            try {
                return List.of(folder.resolve(value));
            } catch (InvalidPathException e) {
                return List.of();
            }
        }
    }

    /** A profile in memory. */
    record Loaded(Profile profile) implements ProfileSource {
        @Override
        public Profile load() {
            return profile;
        }

        @Override
        public List<Path> files() {
            return List.of();
        }
    }
}
