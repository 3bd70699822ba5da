package io.s3s3.testkit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * The classes of the product as ArchUnit sees them, imported once per JVM, since that
 * takes seconds.
 */
public final class ProductClasses {

	private static final JavaClasses ALL = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.s3s3");

	private ProductClasses() {
	}

	/**
	 * Return all of them.
	 * @return the classes
	 */
	public static JavaClasses all() {
		return ALL;
	}

}
