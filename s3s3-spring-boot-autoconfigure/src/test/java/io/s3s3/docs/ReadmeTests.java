package io.s3s3.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README is short and leads on.
 */
class ReadmeTests {

	private final Page readme = Page.readme();

	@Test
	void isNoLongerThanNineKilobytes() {
		assertThat(this.readme.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(9 * 1024);
	}

	@Test
	void namesTheVersionThatIsBuilt() {
		Matcher version = Pattern.compile("(?s)</parent>.*?<version>(.*?)</version>")
			.matcher(Page.of(Path.of("..", "pom.xml")).text());

		assertThat(version.find()).isTrue();
		assertThat(this.readme.text()).contains("<version>" + version.group(1) + "</version>",
				"s3s3-sample-app-" + version.group(1) + ".jar");
	}

	@Test
	void leadsToEachPage() throws IOException {
		assertThat(Page.reference()).extracting((page) -> page.path().getFileName().toString())
			.filteredOn((name) -> !name.equals("README.md"))
			.allSatisfy((name) -> {
				assertThat(this.readme.text()).contains("(s3s3-spring-boot-autoconfigure/docs/" + name + ")");
				assertThat(Page.named("README.md").text()).contains("(" + name + ")");
			});
	}

}
