package io.s3s3.docs;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table in Markdown, of which a page holds a copy.
 */
final class GeneratedTable {

	private final StringBuilder text = new StringBuilder();

	GeneratedTable(String... header) {
		row(header);
		row(Stream.of(header).map((cell) -> "---").toArray(String[]::new));
	}

	void row(String... cells) {
		this.text.append(Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n")));
	}

	/**
	 * Fails with the table to paste where the page does not hold it.
	 */
	void isIn(Page page) {
		assertThat(page.text().contains("\n\n" + this.text)).as("%s should have this table:%n%n%s", page, this.text)
			.isTrue();
	}

}
