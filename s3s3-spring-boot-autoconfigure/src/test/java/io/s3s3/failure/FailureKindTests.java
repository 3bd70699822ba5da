package io.s3s3.failure;

import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureKind}.
 */
class FailureKindTests {

	private static final Set<FailureKind> OF_LOCATION_ONLY = EnumSet.of(FailureKind.CONNECTION, FailureKind.DNS,
			FailureKind.TLS, FailureKind.TIMEOUT, FailureKind.THROTTLED);

	@ParameterizedTest
	@EnumSource
	void speaksOfTheLocationOnlyWhereNoRequestCanBeTheReason(FailureKind kind) {
		assertThat(kind.speaksOfLocationOnly()).isEqualTo(OF_LOCATION_ONLY.contains(kind));
	}

	@Test
	void isTaggedInLowerCaseWithHyphens() {
		assertThat(FailureKind.SERVER_ERROR.tag()).isEqualTo("server-error");
	}

}
