package io.s3s3.internal.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Printable}.
 */
class PrintableTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "orders/1.json", "a b+c%20\\n'\"<>&", "Ärger/日本語/😀", "é" })
	void leavesWhatIsSeenAsItIs(String text) {
		assertThat(Printable.of(text)).isSameAs(text);
	}

	@Test
	void showsTheEndOfALine() {
		assertThat(Printable.of("k\r\n2026-01-01 ERROR all is lost\t!"))
			.isEqualTo("k\\r\\n2026-01-01 ERROR all is lost\\t!");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x00, 0x01, 0x07, 0x08, 0x0b, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x061c, 0x200b,
			0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
			0xd800, 0xdfff, 0xfeff })
	void showsWhatActsUnseen(int character) {
		String text = "a" + (char) character + "b";

		assertThat(Printable.of(text)).isEqualTo("a\\u%04xb".formatted(character));
	}

	@Test
	void showsWhatActsBeyondTheBasicPlane() {
		assertThat(Printable.of(new StringBuilder("a").appendCodePoint(0xE0041))).isEqualTo("a\\udb40\\udc41");
	}

	@Test
	void showsThatThereIsNothing() {
		assertThat(Printable.of(null)).isEqualTo("null");
	}

}
