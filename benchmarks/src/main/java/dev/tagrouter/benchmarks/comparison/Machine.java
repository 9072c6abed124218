package dev.tagrouter.benchmarks.comparison;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where figures were taken, and of what versions.
 *
 * @param processor its name
 * @param cores how many
 * @param system the operating system
 * @param loadAverage how many processes wanted to run on average in the minute before; negative where nobody knows
 * @param jdk the JDK's version
 * @param nginx the nginx version, or "-"
 * @param node the Node version, or "-"
 */
public record Machine(
        String processor, int cores, String system, double loadAverage, String jdk, String nginx, String node) {
    static Machine here() throws IOException {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.vendor.version", System.getProperty("java.version")),
                version("nginx", "-v").replaceFirst("^nginx version: nginx/", ""),
                version("node", "--version"));
    }

    private static String processorName() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        List<String> lines = Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String version(String program, String option) throws IOException {
        try {
            String text = Tools.output(List.of(Tools.find(program, ""), option));
            return text.isEmpty() ? "-" : text;
        } catch (Missing e) {
            return "-";
        }
    }
}
