package io.s3s3.benchmark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of {@link RandomCancels}.
 */
@Timeout(180)
class RandomCancelsTests {

	@Test
	void leaveNothingBehind() throws Exception {
		RandomCancels.Left left = RandomCancels.run(1_000, 7);

		assertThat(left).matches(RandomCancels.Left::isNothing);
	}

}
