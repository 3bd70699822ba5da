package io.s3s3.docs;

import java.util.Arrays;
import java.util.List;

import io.s3s3.failure.FailureKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of kinds in failures.md has each kind, and says what the code says of it.
 */
class FailureKindsTableTests {

	private final List<List<String>> rows = Page.named("failures.md").table("Kinds");

	@Test
	void hasEachKind() {
		assertThat(this.rows).extracting((row) -> row.get(0))
			.containsExactlyElementsOf(
					Arrays.stream(FailureKind.values()).map((kind) -> "`" + kind.tag() + "`").toList());
	}

	@Test
	void tellsWhichMayPass() {
		assertThat(this.rows).extracting((row) -> row.get(4))
			.containsExactlyElementsOf(
					Arrays.stream(FailureKind.values()).map((kind) -> kind.mayPass() ? "yes" : "no").toList());
	}

}
