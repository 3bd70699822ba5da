package io.s3s3.internal.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EntityTag}.
 */
class EntityTagTests {

	@ParameterizedTest
	@ValueSource(strings = { "\"x\"", "x", "W/\"x\"", "w/\"x\"", "W/x", " \"x\" " })
	void isTheSameHoweverItIsWritten(String tag) {
		assertThat(EntityTag.strong(tag)).isEqualTo("\"x\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"y\"", "X", "\"W/x\"", "\"x", "xx" })
	void isAnotherWithOtherCharacters(String tag) {
		assertThat(EntityTag.strong(tag)).isNotEqualTo("\"x\"");
	}

	@Test
	void isNoneWithoutCharacters() {
		assertThat(EntityTag.strong(null)).isNull();
		assertThat(EntityTag.strong("")).isNull();
		assertThat(EntityTag.strong("\"\"")).isNull();
		assertThat(EntityTag.strong("W/\"\"")).isNull();
	}

}
