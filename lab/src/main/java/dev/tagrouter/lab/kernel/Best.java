package dev.tagrouter.lab.kernel;

/** Chooses once; a class of its own, so that it is loaded when it is asked for. */
final class Best {
    static final Kernel KERNEL =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? new VectorKernel() : new PlainKernel();

    private Best() {}
}
