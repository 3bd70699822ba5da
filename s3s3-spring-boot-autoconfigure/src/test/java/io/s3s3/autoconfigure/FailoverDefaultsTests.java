package io.s3s3.autoconfigure;

import java.util.List;

import io.s3s3.autoconfigure.S3s3Properties.FailoverProperties;
import io.s3s3.internal.call.AttemptLimits;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the defaults of {@link FailoverProperties}, which are those of the builder.
 */
class FailoverDefaultsTests {

	private final FailoverProperties properties = new Binder(List.<ConfigurationPropertySource>of())
		.bindOrCreate("s3s3.failover", FailoverProperties.class);

	@Test
	void makeAsManyRoundsAsACallMakesOtherwise() {
		assertThat(new AttemptLimits(this.properties.maxRounds(), this.properties.backOff(),
				this.properties.callTimeout()))
			.isEqualTo(AttemptLimits.DEFAULT);
	}

	@Test
	void keepConditionsAtHomeAndTakeSecretsAlong() {
		assertThat(this.properties.conditionalWrites()).isFalse();
		assertThat(this.properties.carrySecrets()).isTrue();
		assertThat(this.properties.onAccessDenied()).isFalse();
	}

}
