package dev.tagrouter.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tagrouter.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wiring")
            .definedBy("dev.tagrouter.gateway")
            .layer("api")
            .definedBy("dev.tagrouter.gateway.api")
            .layer("flow")
            .definedBy("dev.tagrouter.gateway.flow")
            .layer("dialect")
            .definedBy("dev.tagrouter.gateway.dialect")
            .layer("upstream")
            .definedBy("dev.tagrouter.gateway.upstream")
            .layer("telemetry")
            .definedBy("dev.tagrouter.gateway.telemetry")
            .layer("loop")
            .definedBy("dev.tagrouter.gateway.loop")
            .layer("config")
            .definedBy("dev.tagrouter.gateway.config")
            .whereLayer("wiring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("flow")
            .mayOnlyBeAccessedByLayers("wiring", "api")
            .whereLayer("dialect")
            .mayOnlyBeAccessedByLayers("api", "flow")
            .whereLayer("upstream")
            .mayOnlyBeAccessedByLayers("wiring", "flow", "dialect")
            .whereLayer("loop")
            .mayOnlyBeAccessedByLayers("wiring", "flow", "upstream")
            .whereLayer("telemetry")
            .mayOnlyBeAccessedByLayers("wiring", "api", "flow");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.tagrouter.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CONFIG_KNOWS_NO_TRANSPORT = noClasses()
            .that()
            .resideInAPackage("..config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "com.fasterxml..");
}
