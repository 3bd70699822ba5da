package io.s3s3.docs;

import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links from page to page lead to what is there.
 */
class LinksTests {

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");

	@ParameterizedTest
	@MethodSource("io.s3s3.docs.Page#all")
	void leadSomewhere(Page page) {
		LINK.matcher(page.prose()).results().forEach((link) -> {
			Path target = page.path().resolveSibling(link.group(1));
			assertThat(target).as(link.group()).exists();
			if (link.group(2) != null) {
				Page there = link.group(1).isEmpty() ? page : Page.of(target);
				assertThat(there.anchors()).as(link.group()).contains(link.group(2));
			}
		});
	}

}
