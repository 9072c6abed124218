package dev.tagrouter.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The core is one path, query to decision, and needs nothing but the JDK. */
@AnalyzeClasses(packages = "dev.tagrouter.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_PATH_GOES_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("embedding")
            .definedBy("..core.embedding..")
            .layer("tagging")
            .definedBy("..core.tagging..")
            .layer("scoring")
            .definedBy("..core.scoring..")
            .layer("decision")
            .definedBy("..core.decision..")
            .layer("profile")
            .definedBy("..core.profile..")
            .layer("router")
            .definedBy("dev.tagrouter.core")
            .whereLayer("embedding")
            .mayNotAccessAnyLayer()
            .whereLayer("tagging")
            .mayOnlyAccessLayers("embedding")
            .whereLayer("scoring")
            .mayOnlyAccessLayers("tagging")
            .whereLayer("decision")
            .mayOnlyAccessLayers("tagging", "scoring")
            .whereLayer("profile")
            .mayOnlyAccessLayers("tagging", "scoring", "decision");

    @ArchTest
    static final ArchRule ONLY_THE_JDK = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.tagrouter.core..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.tagrouter.core.(*)..").should().beFreeOfCycles();
}
