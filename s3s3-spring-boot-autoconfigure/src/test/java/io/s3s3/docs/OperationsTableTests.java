package io.s3s3.docs;

import java.util.Map;
import java.util.stream.Collectors;

import io.s3s3.internal.route.OperationSafety;
import io.s3s3.internal.route.OperationTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of operations in template-and-clients.md is that of the code.
 */
class OperationsTableTests {

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "CONDITIONAL_WRITE", "ADMINISTRATION" })
	void namesTheOperationsOf(OperationSafety safety) {
		String operations = OperationTable.asMap()
			.entrySet()
			.stream()
			.filter((row) -> row.getValue() == safety)
			.map(Map.Entry::getKey)
			.sorted()
			.map((operation) -> "`" + operation + "`")
			.collect(Collectors.joining(" "));

		assertThat(Page.named("template-and-clients.md").text()).contains("| " + operations + " |");
	}

}
