package dev.tagrouter.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A module depends only on modules above it; gateway and lab never meet. */
@AnalyzeClasses(packages = "dev.tagrouter", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
    @ArchTest
    static final ArchRule DEPENDENCIES_GO_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("dev.tagrouter.core..")
            .layer("learning")
            .definedBy("dev.tagrouter.learning..")
            .layer("client")
            .definedBy("dev.tagrouter.client..")
            .layer("lab")
            .definedBy("dev.tagrouter.lab..")
            .layer("gateway")
            .definedBy("dev.tagrouter.gateway..")
            .layer("benchmarks")
            .definedBy("dev.tagrouter.benchmarks..")
            .layer("cli")
            .definedBy("dev.tagrouter.cli..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("learning")
            .mayOnlyAccessLayers("core")
            .whereLayer("client")
            .mayOnlyAccessLayers("core")
            .whereLayer("lab")
            .mayOnlyAccessLayers("core", "learning", "client")
            .whereLayer("gateway")
            .mayOnlyAccessLayers("core", "client")
            .whereLayer("benchmarks")
            .mayNotAccessAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();
}
