package dev.tagrouter.cli;

import java.lang.reflect.Proxy;

/** SIGHUP, by which daemons are told to read their configuration again; where there is no such signal, nothing. */
final class HangUp {
    private HangUp() {}

    /** Acts at every SIGHUP from now on, on a thread of the JVM's; without this the signal ends the program. */
    static void calls(Runnable action) {
        try {
            // By name, since the compiler warns of these classes, which every JDK has and no module promises.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object acting = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), acting);
        } catch (ReflectiveOperationException e) {
            System.getLogger(HangUp.class.getName())
                    .log(System.Logger.Level.DEBUG, "SIGHUP cannot be listened to here", e);
        }
    }
}
