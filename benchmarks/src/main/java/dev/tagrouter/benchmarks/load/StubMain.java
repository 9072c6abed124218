package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

/**
 * The stub upstream as a process: prints its port, and ends with its standard input, so that it never outlives whoever
 * started it. Arguments: none, or the number of chunks of a stream and the milliseconds between two.
 */
public final class StubMain {
    private StubMain() {}

    public static void main(String[] arguments) throws IOException {
        StubUpstream.Streaming streaming = arguments.length < 2
                ? null
                : new StubUpstream.Streaming(
                        Integer.parseInt(arguments[0]), Duration.ofMillis(Long.parseLong(arguments[1])));
        try (StubUpstream stub = new StubUpstream(streaming)) {
            System.out.println(stub.port());
            Thread end = new Thread(StubMain::endWithInput, "end");
            end.setDaemon(true);
            end.start();
            stub.serve();
        }
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // An input that cannot be read has ended too.
        }
        System.exit(0);
    }
}
